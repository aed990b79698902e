// The page that says what is sent where, what is kept, and what each permission is for.

import { fillIn } from "./messages.js";

fillIn();
document.body.dataset.ready = "";
