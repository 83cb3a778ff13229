public import Canvas
internal import Domain

/// On which server a command is done to what several of them see.
public struct ServerChoice: Layer {
    private let command: CommandKind
    private let servers: [EntityRef]
    /// Why the server of the row itself is not among them; nil where it is.
    private let remark: String?
    private var focus = 0

    init(_ command: CommandKind, _ servers: [EntityRef], remark: String? = nil) {
        self.command = command
        self.servers = servers
        self.remark = remark
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if let moved = ListMove(page: servers.count, count: servers.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            let (kind, chosen) = (command, servers[focus])
            if let reason = state.reasonAgainst(command: kind, on: (1, [chosen])) {
                state.showMessage(.bad, reason)
                return .closed
            }
            return .closedThen { $0.begin(kind, on: [chosen]) }
        case .cancel, .back, .close: return .closed
        default: return leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "choose"), (.own(.down), "down"), (.own(.cancel), "cancel")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let title = state.backends.lazy.compactMap { $0.command(command) }.first?.title ?? "\(command)"
        let inside = Dialog(title: "\(title): on which server?", hint: hint(state)).draw(
            in: &frame, state, width: 76, lines: servers.count + (remark == nil ? 0 : 2))
        guard !inside.isEmpty else { return }
        if let remark, inside.height >= servers.count + 2 {
            let words = TextLayout.cut(CleanText.oneLine(remark), to: inside.width)
            frame.put(words, inside.x, inside.y + servers.count + 1, .textMuted, .dialog)
        }
        let names = servers.map { state.backend($0.backend)?.name ?? "" }
        let width = names.map(CharacterWidth.of).max() ?? 0
        FocusedList(count: servers.count, focus: focus) { place in
            let entity = servers[place]
            let name = names[place] + String(repeating: " ", count: width - CharacterWidth.of(names[place]))
            let says = state.linkedState(of: entity).map { "  says \($0.word)" } ?? ""
            return [Piece("\(name)  ", .key), Piece("\(state.name(of: entity))\(says)", .dialog)]
        }.draw(in: &frame, inside)
    }

    private func hint(_ state: State) -> String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: [.dialog]) ?? ""
        }
        return "\(key(.accept)) choose · \(key(.cancel)) cancel"
    }
}
