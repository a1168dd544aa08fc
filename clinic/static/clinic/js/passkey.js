// Passkeys: the browser's own ceremony, with what the server asks for, and its result back in an ordinary form.
//
//   <form data-passkey="create" data-passkey-options="id of a JSON script">      a new passkey
//   <form data-passkey="get" data-passkey-options="id">                          prove oneself with one
//   <form data-passkey="get" data-passkey-from="address that answers options">   the same, before it is known who it is
//
// Whatever a form's author marked `data-needs-script` is shown from here on; without a script it stays hidden.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const withBytes = (credentials) => (credentials ?? []).map((credential) => ({ ...credential, id: toBytes(credential.id) }));

async function askedFor(form) {
  const { passkeyFrom, passkeyOptions } = form.dataset;
  if (!passkeyFrom) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

function describe(credential, response) {
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function create(form) {
  const { creation_options: { publicKey } } = await askedFor(form);
  const alone = form.elements.passwordless?.checked ?? false;
  const authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) authenticatorSelection.userVerification = "required";
  const credential = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection,
    },
  });
  return describe(credential, {
    clientDataJSON: toText(credential.response.clientDataJSON),
    attestationObject: toText(credential.response.attestationObject),
    transports: credential.response.getTransports?.() ?? [],
  });
}

async function get(form) {
  const { request_options: { publicKey } } = await askedFor(form);
  const credential = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: toBytes(publicKey.challenge), allowCredentials: withBytes(publicKey.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = credential.response;
  return describe(credential, {
    authenticatorData: toText(authenticatorData),
    clientDataJSON: toText(clientDataJSON),
    signature: toText(signature),
    userHandle: userHandle && toText(userHandle),
  });
}

function troubleWith(error, words) {
  if (error.name === "NotAllowedError" || error.name === "AbortError") return words.cancelled;
  if (error.name === "InvalidStateError") return words.known;
  return words.failed;
}

function prepare(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  const words = trouble.dataset;
  for (const element of form.querySelectorAll("[data-needs-script]")) element.hidden = false;
  const say = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };
  if (!window.PublicKeyCredential) {
    say(words.unsupported);
    for (const button of form.querySelectorAll("button")) button.hidden = true;
    return;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    try {
      form.elements.credential.value = JSON.stringify(await (form.dataset.passkey === "create" ? create(form) : get(form)));
    } catch (error) {
      say(troubleWith(error, words));
      return;
    }
    form.submit();
  });
}

document.querySelectorAll("form[data-passkey]").forEach(prepare);
