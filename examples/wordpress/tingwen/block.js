// The block in the editor: what the server will show. Everything else is in block.json.
(({ blocks, element, blockEditor, serverSideRender }) => {
  blocks.registerBlockType("tingwen/player", {
    edit: () =>
      element.createElement(
        "div",
        blockEditor.useBlockProps(),
        element.createElement(serverSideRender, { block: "tingwen/player" }),
      ),
    save: () => null,
  });
})(window.wp);
