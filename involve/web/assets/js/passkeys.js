// Passkeys: the browser asks the device, and the answer travels in an ordinary form.

/** Show the forms that need a passkey, where the browser knows them, and ask the device before they are sent. */
export function offerPasskeys() {
  if (!window.PublicKeyCredential || !navigator.credentials) {
    return;
  }
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => askDevice(event, form));
  }
  for (const told of document.querySelectorAll("[data-no-passkey]")) {
    told.hidden = true;
  }
}

/** Have the device answer the challenge in the form's options, then send the form with the answer. */
async function askDevice(event, form) {
  if (event.submitter?.name === "switch") {
    return;
  }
  event.preventDefault();
  const status = form.querySelector("[role=status]");
  status.textContent = "";
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = form.dataset.passkey === "create" ? await make(options) : await use(options);
    form.elements.credential.value = JSON.stringify(toPlain(credential));
  } catch {
    // Whoever changed their mind, or has none here, reads what else to do.
    status.textContent = form.dataset.failed;
    return;
  }
  form.submit();
}

/** Make a passkey. */
function make(options) {
  options.challenge = toBytes(options.challenge);
  options.user.id = toBytes(options.user.id);
  options.excludeCredentials = (options.excludeCredentials || []).map(known);
  return navigator.credentials.create({ publicKey: options });
}

/** Use a passkey. */
function use(options) {
  options.challenge = toBytes(options.challenge);
  options.allowCredentials = (options.allowCredentials || []).map(known);
  return navigator.credentials.get({ publicKey: options });
}

/** The description of a known passkey with its id as bytes. */
function known(each) {
  return { ...each, id: toBytes(each.id) };
}

/** What the device answered, as it can be sent. */
function toPlain(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return { id: credential.id, rawId: toText(credential.rawId), type: credential.type, response };
}

/** URL-safe base 64 as bytes. */
function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** Bytes as URL-safe base 64. */
function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
