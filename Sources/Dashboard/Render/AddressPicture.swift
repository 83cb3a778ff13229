import Canvas
import Domain

/// An address to be read, selected or typed off: whole, broken only where the screen ends.
struct AddressPicture {
    let state: State
    let view: AddressView

    func draw(in frame: inout Frame) {
        let width = Dialog.columns(state, wish: 90)
        let lines = pieces(of: CleanText.oneLine(view.address), width: width)
        let words =
            view.isOpened
            ? "opening it in the browser; it is being copied as well"
            : "being copied; browser = [\"PROGRAM\"] in [ui] would open it"
        let inside = Dialog(title: "Web address of \(CleanText.oneLine(view.name))", hint: hint).draw(
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

    private var hint: String {
        "\(state.keymap.spelling(of: .own(.cancel), in: state.contexts) ?? "") close"
    }
}
