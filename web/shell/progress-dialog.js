// @ts-check
// Work that takes a while: how far it is, how long it will take, and a way out.

const kLeastSecondsToSay = 1;

export class ProgressDialog {
  /** Whether the reader wants it no longer. */
  cancelled = false;
  #dialog = document.createElement('dialog');
  #bar = document.createElement('progress');
  #words = document.createElement('p');
  #began = performance.now();

  /** @param {string} title */
  constructor(title) {
    const heading = document.createElement('h2');
    heading.id = 'progress-title';
    heading.textContent = title;
    this.#dialog.id = 'progress';
    this.#dialog.setAttribute('aria-labelledby', heading.id);
    this.#bar.setAttribute('aria-labelledby', heading.id);
    this.#words.textContent = 'A moment…';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'ordinary';
    button.textContent = 'Cancel';
    button.onclick = () => { this.cancelled = true; };
    this.#dialog.oncancel = (event) => {  // Escape; what works closes it
      event.preventDefault();
      this.cancelled = true;
    };
    this.#dialog.append(heading, this.#bar, this.#words, button);
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  /** @param {number} done @param {number} all @param {string} unit  what is counted */
  progress(done, all, unit) {
    this.#bar.max = all;
    this.#bar.value = done;
    const seconds = ((performance.now() - this.#began) / 1000) * ((all - done) / done);
    const left = seconds < kLeastSecondsToSay ? '' : `, ${Math.ceil(seconds)} s to go`;
    this.#words.textContent = `${unit} ${done} of ${all}${left}`;
  }

  close() {
    this.#dialog.close();
    this.#dialog.remove();
  }
}
