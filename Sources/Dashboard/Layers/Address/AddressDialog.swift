public import Canvas

/// The address of an entity's page, to be read, selected or typed off: whole, broken only where the screen ends.
public struct AddressDialog: Layer {
    /// What the entity is called.
    public let name: String
    /// The address.
    public let address: String
    /// Whether a browser was told to open it.
    public let isOpened: Bool

    init(name: String, address: String, isOpened: Bool) {
        self.name = name
        self.address = address
        self.isOpened = isOpened
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .accept, .open, .address, .yes: .closed
        default: leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] { [(.own(.cancel), "close")] }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let width = Dialog.columns(state, wish: 90)
        let lines = pieces(of: CleanText.oneLine(address), width: width)
        let words =
            isOpened
            ? "opening it in the browser; it is being copied as well"
            : "being copied; browser = [\"PROGRAM\"] in [ui] would open it"
        let inside = Dialog(title: "Web address of \(CleanText.oneLine(name))", hint: hint(state)).draw(
            in: &frame, state, width: 94, lines: lines.count + 2)
        for (row, line) in lines.enumerated() where row < inside.height {
            frame.put(line, inside.x, inside.y + row, .link, .dialog)
        }
        if lines.count + 1 < inside.height {
            frame.put(
                TextLayout.cut(words, to: inside.width), inside.x, inside.y + lines.count + 1, .textMuted,
                .dialog)
        }
    }

    private func pieces(of text: String, width: Int) -> [String] {
        var rest = text[...]
        var pieces: [String] = []
        while !rest.isEmpty {
            pieces.append(String(rest.prefix(max(1, width))))
            rest = rest.dropFirst(max(1, width))
        }
        return pieces
    }

    private func hint(_ state: State) -> String {
        "\(state.keymap.spelling(of: .own(.cancel), in: contexts(in: state)) ?? "") close"
    }
}
