/** The page that asks who signs in. */
export function signInPage(uid: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sandbox sign-in</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:24rem;margin:4rem auto;padding:0 1rem}label{display:block;margin:1rem 0}input{font:inherit}</style>
<h1>Who are you?</h1>
<p>This provider stands in for a real one, and believes everybody.</p>
<form method="post" action="/interaction/${encodeURIComponent(uid)}">
<label>Name <input name="name" value="Casey Example" required></label>
<label>Email address <input name="email" type="email" value="casey@example.com" required></label>
<label><input name="verified" type="checkbox" value="yes" checked> The address is verified</label>
<button name="answer" value="sign-in">Sign in</button> <button name="answer" value="cancel">Cancel</button>
</form></html>`;
}
