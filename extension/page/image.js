// One picture of a page, chosen in its context menu: copied with its caption and what the page says of itself.

var IMAGES = "img, input[type=image]";
var CAPTION_MOST_CHARS = 2000;

/**
 * The picture that the page shows from an address; one that nothing in reach shows, as a frame of another site does, is
 * known by its address alone.
 * @param {string} address @returns {Selected}
 */
function findImage(address) {
  const documents = documentsOfPage();
  const shown = documents.flatMap((document) => {
    const root = ofDocument("documentElement", document);
    return [root, ...shadowsOf(root)].flatMap((tree) => select(tree, IMAGES));
  });
  const found = shown.filter((image) => [image.currentSrc, image.src].includes(address));
  const image = found.find(isInView) ?? found[0];
  if (!image) return { ranges: [], text: "", base: ofDocument("baseURI"), image: imageFrom(address) };
  const range = document.createRange();
  range.selectNode(Element.prototype.closest.call(image, "figure") ?? image);
  const base = ofDocument("baseURI", image.ownerDocument);
  return { ranges: [range], text: captionOf(image), base, image: image.localName === "img" ? image : imageFrom(address) };
}

/** @param {string} address */
function imageFrom(address) {
  const image = ofDocument("implementation").createHTMLDocument("").createElement("img");
  setAttribute(image, "src", address);
  return image;
}

/** @param {Element} image */
function isInView(image) {
  const { bottom, top } = image.getBoundingClientRect();
  return bottom > 0 && top < globalThis.innerHeight;
}

/** What is said of a picture below it, or in its place. @param {Element} image */
function captionOf(image) {
  const caption = Element.prototype.closest.call(image, "figure")?.querySelector("figcaption");
  const words = caption?.innerText || attribute(image, "title") || attribute(image, "alt");
  return words.trim().replace(/\s+/g, " ").slice(0, CAPTION_MOST_CHARS);
}

/** Its caption is all the text that such an article has. @param {Selected} selected @param {Element} passage @param {Copying} copying */
function arrangeImage({ image, text, base }, passage, { copies, pieces }) {
  const place = copies.createElement("figure");
  passage.append(place);
  pieces.push({ nodes: [/** @type {Element} */ (image)], place, base, frames: 0 });
  if (text) passage.append(Object.assign(copies.createElement("p"), { textContent: text }));
}

/** An address that names a picture of its page (a fragment directive). @param {string} url @param {string} image */
function addressOfImage(url, image) {
  if (image === url) return url; // the picture is the page
  const selector = image.length > 300 ? `img[src$="${image.slice(-100)}"]` : `img[src="${image}"]`;
  return withDirective(url, `selector(type=CssSelector,value=${encodeURIComponent(selector.toWellFormed())})`);
}
