public import Canvas
internal import Domain

/// The keys that work here, and what the signs mean: what is typed finds lines, Enter runs the one under the cursor.
public struct Help: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .help
    /// What was typed.
    public private(set) var input = TextField()
    /// The place of the line under the cursor among those that can have it.
    public private(set) var focus = 0

    init() {}

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed; what closes every page closes this one while nothing is.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        let wasEmpty = input.isEmpty
        change(&input)
        focus = 0
        if wasEmpty, closes(input.text, state) { state.layers.removeAll { $0 is Help } }
        return []
    }

    private func closes(_ text: String, _ state: State) -> Bool {
        guard let key = text.first.map({ Key.character($0) }), text.count == 1 else { return false }
        let match = state.keymap.match([key], in: [.dialog, .global])
        return match == .action(.own(.help)) || match == .action(.own(.close))
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = KeyReference(state: state).lines(input.text)
        let rows = lines.filter(\.isRow)
        let page = HelpLayout(state, count: lines.count).height
        if let moved = ListMove(page: page, count: rows.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .cancel, .help: return .closed
        case .accept:
            guard rows.indices.contains(focus), let chosen = rows[focus].action else { return .done([]) }
            return .closedThen { $0.run(chosen) }
        case .redraw: return .passed
        default: return .done([])
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "run"), (.own(.down), "next"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let lines = KeyReference(state: state).lines(input.text)
        let places = lines.indices.filter { lines[$0].isRow }
        let focused = places.indices.contains(focus) ? places[focus] : 0
        let layout = HelpLayout(state, count: lines.count)
        let first = layout.first(showing: focused)
        let mark = ScrollMark(first: first, visible: layout.perPage, total: lines.count).text
        let found = input.isEmpty ? "type to search" : "\(Quantity.count(places.count)) found"
        let inside = Dialog(title: "Help", hint: found + (mark.isEmpty ? "" : " · \(mark)")).draw(
            in: &frame, state, width: layout.width, lines: layout.height + 1)
        guard !inside.isEmpty else { return }
        frame.put("? ", inside.x, inside.y, .key, .dialog)
        input.draw(in: &frame, Rect(inside.x + 2, inside.y, inside.width - 2, 1), Theme.style(.input))
        let width = (inside.width - 2 * (layout.columns - 1)) / layout.columns
        for column in 0..<layout.columns {
            for row in 0..<min(layout.height, inside.height - 1) {
                let place = first + column * layout.height + row
                guard lines.indices.contains(place) else { break }
                let line = Rect(inside.x + column * (width + 2), inside.y + 1 + row, width, 1)
                frame.put(lines[place].pieces, line.x, line.y, .dialog, width: line.width)
                if place == focused, lines[place].isRow {
                    frame.fill(line, Theme.style(.dialogFocus))
                    let words = lines[place].pieces.map { Piece($0.text, .dialogFocus) }
                    frame.put(words, line.x, line.y, .dialog, width: line.width)
                }
            }
        }
        if lines.isEmpty {
            frame.put("no matches", inside.x, inside.y + 1, .textMuted, .dialog, width: inside.width)
        }
    }
}

/// How the lines of help stand on the screen: in one column, or in two or three where there is room.
private struct HelpLayout {
    let columns: Int
    let width: Int
    /// The lines of a column.
    let height: Int

    init(_ state: State, count: Int) {
        let room = state.size.width
        columns = room >= 180 ? 3 : room >= 110 ? 2 : 1
        width = columns == 1 ? min(room, 76) : room - 4
        let most = max(1, Dialog.rows(state) - 1)
        height = max(1, min(most, (count + columns - 1) / columns))
    }

    var perPage: Int { columns * height }

    /// The first line of the page that a line is on.
    func first(showing line: Int) -> Int { line / perPage * perPage }
}
