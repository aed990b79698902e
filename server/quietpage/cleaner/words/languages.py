"""Words and letters that tell languages apart."""

from __future__ import annotations

# The commonest small words of each language that is written in Latin or Cyrillic letters: a quarter to a half of any
# prose are such words. One that two languages share counts for both.
FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that it for was with as on are this be by at from have which not you but they or an "
        "were has had been their would there his her we can more when what if will who into out so up",
        "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
        "hat dass sind war bei noch nach wie einem einen einer nur über aber sie so zum zur kann oder wird hatte "
        "ich wir wenn haben diese durch unter",
        "fr": "de la le les et des en un une du est que qui dans pour pas par sur au plus ce se sont avec il ne cette "
        "aux mais nous vous ils elle son sa ses été être fait comme on leur tout ou si même sans deux où y",
        "es": "de la que el en y los del se las por un para con una su al lo como más pero sus le ya fue este ha entre "
        "es a no esta hay muy sin sobre también cuando donde desde todo hasta nos son está porque ser cada ni esto",
        "pt": "de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua "
        "ou nos até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas às pela "
        "pelo",
        "it": "di che e il la per un in è non una del si con da sono le i della alla dei nel più anche come gli ha al ma "
        "lo era quando quella questo questa dal alle degli delle all dell su se nella tra loro essere hanno stato "
        "o ed sul",
        "nl": "de van het een en in is dat op te zijn met voor niet aan er om die ook als bij maar door naar worden "
        "heeft uit ik je we zij hun dan kan nog wel tot geen over wordt was had dit hij uw onder of deze veel",
        "sv": "och att det i som en på är av för med den till inte har de ett om var jag men sig från vi så kan han när "
        "eller hade skulle under alla mycket där här bli vid efter nu ut mot kommer vad vara detta sina dem ska",
        "da": "og at det i er en til på som med for den af ikke der de har et om var jeg men sig fra vi så kan han blev "
        "efter hvor når eller været ved under også mere kun nu ud ind hun hans havde skulle vil over bliver hvad",
        "nb": "og å det i er en til på som med for den av ikke de har et om var jeg men seg fra vi så kan han ble etter "
        "hva hvor når eller vært ved under også mer bare nå ut inn hun hans hadde skulle vil over blir",
        "fi": "ja on ei se että oli hän mutta ovat joka tai kun myös sen niin ole kuin hänen olla mukaan jo siitä nyt "
        "sitä minä sinä olen olet sekä ennen vielä vain jos koska voi kanssa jälkeen mitä kaikki eivät ollut",
        "pl": "w i na z się do nie że jest o to jak po za od a są ale przez dla co jego ma tym tego jej oraz który było "
        "jako która które tej już pod kiedy gdy był była być tylko bardzo czy może przy bez lub tak więc u",
        "cs": "a se v na je že to s z do o i k ve pro za by jsou jako po jeho ale který jsem tak od byl při také bylo "
        "jen která které než ani před nebo jsme být jejich ze už pod jak až či mezi tím pouze podle ten ta",
        "sk": "a sa v na je že to s z do o i k vo pre za by sú ako po jeho ale ktorý som tak od bol pri tiež bolo len aj "
        "ktorá ktoré než ani pred alebo sme byť ich zo už pod až či medzi tým podľa ten tá keď",
        "hu": "a az és hogy nem is egy ez meg volt csak de van már mint ha el még aki vagy kell lehet azt szerint amely "
        "lesz mert nagyon pedig így majd ezt több után alatt minden olyan között fel ki be",
        "ro": "și de în a la cu pe că nu este din o un pentru mai care se au fost ce fi am al lui sunt sau prin după ale "
        "despre are era dar ca când ei ea noi acest această doar între foarte până",
        "tr": "ve bir bu da de için ile olarak daha olan çok gibi en ne var kadar sonra ama her o ki değil göre ise oldu "
        "zaman çünkü hiç bunu onun kendi şey böyle şu ya biz ben sen iki herkes yani önce üzerinde çıktı yok",
        "id": "yang dan di dari untuk dengan pada ini itu tidak dalam akan adalah ke juga oleh sebagai karena ada bisa "
        "telah anda kami saya mereka lebih sudah hanya tersebut seperti saat atau para kita bahwa dapat namun "
        "setelah secara",
        "vi": "và của là có các cho không được trong một người những với để này đã khi từ đến về ra cũng như tôi trên "
        "nhiều năm vào thì mà lại rất nên sẽ bị theo nhưng hay còn phải đó nếu sau trước",
        "hr": "i u je se na da su za od s što a o kao koji ali iz to bi nije po koja će bio te koje ili sam do biti više "
        "kada samo već jer gdje kako još prema između nakon jedan ova ovo smo ste mogu uz",
        "ca": "de la i que el en els a per les un del amb una al no es va és dels més com ha seva però són aquest pel "
        "també hi era aquesta quan on sobre fins molt sense tot pels ens ja si mentre des dins",
        "ru": "и в не на что с по как это он к из у за но для от так его же о было или бы до все также который они был "
        "при то под уже когда чтобы время мы вы она только ещё их нет может быть во даже где есть если очень",
        "uk": "і в не на що з та до як це у за він по але для від які є про його було або який вона також ще при цього "
        "бо того вже коли яка цю під а щоб вони ми ви тільки їх може бути де якщо дуже років",
        "bg": "и на да се в за от не с е че по са като до при това си или към който има през още може след той но един "
        "които когато много само както беше бяха няма съм му ги го ни ще те тя им все едно тази този",
        "sr": "и у је се на да су за од с што а о као који али из то би није по која ће био те које или сам до бити више "
        "када само већ јер где како још према између након један ова ово смо сте могу уз",
    }.items()
}
# Letters that only some languages of a script have.
ONLY_PERSIAN = frozenset("پچژگ")
ONLY_URDU = frozenset("ٹڈڑےں")
