/* The two links that documents have besides Wagtail's: to a document by its symbol, and the mark of a footnote. */
(function () {
  "use strict";
  const { React, DraftJS, draftail } = window;

  /* What is asked for, which data key holds the answer, and how the mark looks in the text. */
  const kinds = {
    SYMBOL: { key: "symbol", question: "Symbol", css: "plenary-symbol-link" },
    FOOTNOTE: { key: "anchor", question: "Footnote", css: "plenary-footnote-mark" },
  };

  function selectedText(editorState) {
    const selection = editorState.getSelection();
    const block = editorState.getCurrentContent().getBlockForKey(selection.getStartKey());
    return block.getText().slice(selection.getStartOffset(), selection.getEndOffset());
  }

  class Source extends React.Component {
    componentDidMount() {
      const { editorState, entityType, entity, onComplete, onClose } = this.props;
      const kind = kinds[entityType.type];
      const known = entity ? entity.getData()[kind.key] : selectedText(editorState);
      const answer = window.prompt(`${entityType.description || kind.question}:`, known || "");
      if (!answer || !answer.trim()) {
        onClose();
        return;
      }
      const content = editorState.getCurrentContent();
      const value = answer.trim();
      const withEntity = content.createEntity(entityType.type, "IMMUTABLE", {
        [kind.key]: entityType.type === "FOOTNOTE" && /^[0-9]+$/.test(value) ? `fn${value}` : value,
      });
      const key = withEntity.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      const text = selectedText(editorState) || value;
      const next = DraftJS.Modifier.replaceText(withEntity, selection, text, null, key);
      onComplete(DraftJS.EditorState.push(editorState, next, "insert-characters"));
    }

    render() {
      return null;
    }
  }

  function decorator(entityType) {
    const kind = kinds[entityType];
    return function Mark(props) {
      const data = props.contentState.getEntity(props.entityKey).getData();
      return React.createElement("span", { className: kind.css, title: data[kind.key] }, props.children);
    };
  }

  Object.keys(kinds).forEach(function (type) {
    draftail.registerPlugin({ type, source: Source, decorator: decorator(type) }, "entityTypes");
  });
})();
