// The PDF document that a tab shows. The browser has it in its cache, and lets a script beside it have it from there.

var PDF_MOST_BYTES = 20 * 1024 * 1024;

/** @returns {Promise<PageRead | Reason>} */
async function readPdf() {
  const bytes = await fetchPdf();
  if (!bytes) return "pdf";
  if (bytes.size > PDF_MOST_BYTES) return "pdf_too_large";
  const title = String(ofDocument("title")).slice(0, 1000);
  return { url: pageAddress(), title, pdf: await base64Of(bytes), captured_at: new Date().toISOString() };
}

/** The document's bytes, or null where the browser does not have them any more: the answer to a form, for one. */
async function fetchPdf() {
  try {
    const answer = await fetch(location.href, { cache: "force-cache" });
    const bytes = await answer.blob();
    const begin = answer.ok ? await bytes.slice(0, 1024).text() : "";
    return begin.includes("%PDF-") ? bytes : null;
  } catch {
    return null;
  }
}

/** @param {Blob} bytes @returns {Promise<string>} */
function base64Of(bytes) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*?,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(bytes);
  });
}
