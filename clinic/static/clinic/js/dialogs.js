// <button data-opens="id"> opens <dialog id="id">; closing is native (form method=dialog, Escape).
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
});
