// Large photos, and kinds that only this browser can read, become JPEGs of at most 3000 pixels before they are sent.
// Without this script, or where the browser cannot read a picture, the server takes it or says what to do.
(() => {
  "use strict";
  const LONGEST = 3000;
  const SMALL = 2000000; // bytes of a picture that goes as it is
  const isKnown = (file) => file.type === "image/jpeg" || file.type === "image/png";
  const isPicture = (file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name);

  const asJpeg = async (file) => {
    if (!isPicture(file) || (isKnown(file) && file.size < SMALL)) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const brush = canvas.getContext("2d");
      brush.fillStyle = "#fff";
      brush.fillRect(0, 0, canvas.width, canvas.height);
      brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.88); });
      if (!blob || (isKnown(file) && blob.size >= file.size)) return file;
      return new File([blob], file.name.replace(/\.[^.]+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  document.addEventListener("change", async (event) => {
    const field = event.target;
    if (!field.matches("input[type=file][data-photos]") || field.dataset.ready) return;
    event.stopImmediatePropagation();
    const files = new DataTransfer();
    for (const file of [...field.files]) files.items.add(await asJpeg(file));
    field.files = files.files;
    field.dataset.ready = "yes";
    field.dispatchEvent(new Event("change", { bubbles: true }));
    delete field.dataset.ready;
  }, true);
})();
