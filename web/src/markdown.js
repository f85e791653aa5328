// Markdown for answers. The only door to the page's two packages: marked reads, DOMPurify cleans.
import DOMPurify from 'dompurify';
import { Marked } from 'marked';

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const marked = new Marked({
  gfm: true,
  breaks: true,
  // What looks like HTML is part of what the model says, not of the page.
  renderer: { html: ({ text }) => text.replace(/[&<>"]/g, (character) => escapes[character]) },
});
const allowed = {
  ALLOWED_TAGS: ['p', 'br', 'hr', 'strong', 'em', 'del', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a',
    'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'input'],
  ALLOWED_ATTR: ['href', 'title', 'align', 'start', 'class', 'type', 'checked', 'disabled'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|#)/i,
  RETURN_DOM_FRAGMENT: true,
};

/**
 * Shows `text` in `element`, touching only the blocks that changed since the last call, so that a growing answer keeps
 * its selection and costs what its last block costs. `onCode(pre)` is called for each new block of code.
 */
export function renderMarkdown(element, text, onCode) {
  const tokens = marked.lexer(text);
  const blocks = tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
  const shown = element.children;
  blocks.forEach((token, index) => {
    const old = shown[index];
    if (old && old.markdownSource === token.raw) {
      return;
    }
    const block = renderBlock(token, tokens.links, onCode);
    if (old) {
      old.replaceWith(block);
    } else {
      element.append(block);
    }
  });
  while (shown.length > blocks.length) {
    element.lastElementChild.remove();
  }
}

function renderBlock(token, links, onCode) {
  const block = document.createElement('div');
  block.className = 'block';
  block.markdownSource = token.raw;
  const list = Object.assign([token], { links });
  block.append(DOMPurify.sanitize(marked.parser(list), allowed));
  for (const link of block.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  for (const table of block.querySelectorAll('table')) {
    scrollable(table, 'Table');
  }
  for (const box of block.querySelectorAll('input')) {
    box.setAttribute('aria-label', box.checked ? 'done' : 'open');
  }
  block.querySelectorAll('pre').forEach(onCode);
  return block;
}

/** A wide table scrolls by itself, by keyboard too. */
function scrollable(table, label) {
  const frame = document.createElement('div');
  frame.className = 'scroll';
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', label);
  table.replaceWith(frame);
  frame.append(table);
}
