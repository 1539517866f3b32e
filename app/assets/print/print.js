// Opens the browser's print dialog; a file of its own, since inline scripts don't run here.
addEventListener("load", () => print());
