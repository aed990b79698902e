// Pictures as they are shown: chosen from several, drawn by scripts, put behind by styles; and what films are known by.

var PLACEHOLDER_PX = 40; // a narrower picture stands in for one not loaded yet, which other attributes name
var DRAWING_LEAST_PX = 64; // a smaller drawing is an icon
var DRAWING_MOST_PIXELS = 4_000_000; // a larger one takes the browser too long to encode
var DRAWING_MOST_CHARS = 700_000; // of its data: address; half a megabyte
var DRAWINGS_MOST = 12; // of a page
var VECTOR_MOST_PX = 1600; // across
var VECTORS = /^https?:[^?#]*\.svgz?([?#]|$)/i; // which the server does not keep: they may hold scripts
var BACKGROUND_LEAST_PX = 100;
var BACKGROUNDS = "figure, [role=img], div:empty, span:empty, a:empty"; // what may be a picture by its style alone

/**
 * Names the picture that is shown, of all that an `img` may choose from.
 * @param {any} image @param {Element} copy @param {{ drawings: number }} left how many may still be drawn
 */
function showPicture(image, copy, left) {
  const shown = image.currentSrc ?? "";
  if (!(image.naturalWidth >= PLACEHOLDER_PX) || !/^(https?|blob):/.test(shown)) return;
  const isVector = VECTORS.test(shown);
  const isToDraw = (isVector || shown.startsWith("blob:")) && left.drawings-- > 0; // nobody else can load it, or keeps it
  const address = (isToDraw && drawn(image, isVector ? vectorScale(image) : 1)) || shown;
  if (address.startsWith("blob:")) return;
  setAttribute(copy, "src", address);
  removeAttribute(copy, "srcset");
  removeAttribute(copy, "sizes");
}

/** Names the film that plays, where its sources are elements of their own. @param {any} media @param {Element} copy */
function showMedia(media, copy) {
  if (/^https?:/.test(media.currentSrc ?? "")) setAttribute(copy, "src", media.currentSrc);
  if (/^blob:/.test(attribute(copy, "src"))) removeAttribute(copy, "src"); // nobody else can open it
}

/** Puts a picture in the place of a drawing, or says on it why there is none. @param {any} canvas @param {Element} copy */
function showDrawing(canvas, copy) {
  const { width, height } = canvas;
  if (width < DRAWING_LEAST_PX || height < DRAWING_LEAST_PX) return;
  const address = encoded(canvas);
  if (!address.startsWith("data:")) return setAttribute(copy, "data-qp-canvas", address);
  const picture = copy.ownerDocument.createElement("img");
  setAttribute(picture, "src", address);
  setAttribute(picture, "width", String(width));
  setAttribute(picture, "height", String(height));
  setAttribute(picture, "alt", attribute(copy, "aria-label") || attribute(copy, "title") || (canvas.textContent ?? "").trim());
  copy.replaceWith(picture);
}

/** A drawing as a data: address, or why there is none. @param {any} canvas @returns {string} */
function encoded(canvas) {
  const { width, height } = canvas;
  if (width * height > DRAWING_MOST_PIXELS) return "too large";
  try {
    const exact = canvas.toDataURL("image/png");
    if (exact === blank(width, height)) return "empty";
    if (exact.length <= DRAWING_MOST_CHARS) return exact;
    const close = canvas.toDataURL("image/webp", 0.8);
    return close.length <= DRAWING_MOST_CHARS ? close : "too large";
  } catch {
    return "of another site"; // which the browser gives to nobody
  }
}

/** @param {number} width @param {number} height */
function blank(width, height) {
  return newCanvas(width, height).toDataURL("image/png");
}

/** A picture as a data: address; empty where the browser does not let us draw it. @param {any} image @param {number} scale */
function drawn(image, scale) {
  const [width, height] = [image.naturalWidth, image.naturalHeight].map((length) => Math.round(length * scale));
  if (width * height > DRAWING_MOST_PIXELS) return "";
  const canvas = newCanvas(width, height);
  try {
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  } catch {
    return "";
  }
  const address = encoded(canvas);
  return address.startsWith("data:") ? address : "";
}

/** How much larger to draw what has no pixels of its own: as it is shown, with two for each. @param {any} image */
function vectorScale({ naturalWidth, clientWidth }) {
  return Math.min(Math.max(1, (2 * clientWidth) / naturalWidth), VECTOR_MOST_PX / naturalWidth || 1);
}

/** A canvas that stands nowhere in the page. @param {number} width @param {number} height */
function newCanvas(width, height) {
  const canvas = /** @type {HTMLCanvasElement} */ (ofDocument("createElement").call(globalThis.document, "canvas"));
  return Object.assign(canvas, { width, height });
}

/** Puts an `img` into what is a picture by its style. @param {any} element @param {Element} copy */
function showBackground(element, copy) {
  if ((element.textContent ?? "").trim() || /url\(/.test(attribute(copy, "style"))) return;
  if (element.querySelector?.("img, picture, video, canvas, svg, iframe")) return;
  const [, address] = getComputedStyle(element)?.backgroundImage?.match(/url\("(https?:[^"]+)"\)/) ?? [];
  if (!address || element.offsetWidth < BACKGROUND_LEAST_PX || element.offsetHeight < BACKGROUND_LEAST_PX) return;
  const picture = copy.ownerDocument.createElement("img");
  setAttribute(picture, "src", address);
  setAttribute(picture, "alt", attribute(copy, "aria-label") || attribute(copy, "title"));
  copy.append(picture);
}
