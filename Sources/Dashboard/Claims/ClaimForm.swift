public import Canvas
public import Domain
public import Filter

/// Asks for the note and the end of a claim.
public struct ClaimForm: Layer {
    /// What comes of it.
    public enum Purpose: Sendable, Hashable {
        /// New claims.
        case make
        /// Another note and end of one's own.
        case change
        /// New claims in place of others'.
        case takeOver
    }

    /// What comes of it.
    public let purpose: Purpose
    /// The rows, pinned when the key was pressed.
    public let targets: [EntityRef]
    /// What is written to it, and how long it holds.
    public private(set) var note: TextField, end: TextField
    /// Whether the end is typed, and not the note.
    public private(set) var isEnd = false
    /// What is wrong with the end; nil when nothing is.
    public private(set) var remark: FilterRemark?
    private var preset = 0

    init(_ purpose: Purpose, targets: [EntityRef], note: String = "", end: String = ClaimTerm.presets[0]) {
        self.purpose = purpose
        self.targets = targets
        self.note = TextField(note)
        self.end = TextField(end)
    }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        if isEnd { change(&end) } else { change(&note) }
        _ = read(state)
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .cancel: return .closed
        case .nextField, .previousField: isEnd.toggle()
        case .down, .up:
            guard isEnd else {
                isEnd = true
                break
            }
            let count = ClaimTerm.presets.count
            preset = (preset + (action == .down ? 1 : count - 1)) % count
            end = TextField(ClaimTerm.presets[preset])
            _ = read(state)
        case .accept:
            guard let length = read(state) else {
                isEnd = true
                break
            }
            let (purpose, targets, note) = (purpose, targets, note.text)
            return .closedThen { $0.claim(purpose, targets, note: note, length: length.seconds) }
        default: break
        }
        return .done([])
    }

    /// Reads how long it holds, so that what is wrong is seen at once; nil where something is.
    private mutating func read(_ state: State) -> (seconds: Double?, Void)? {
        do throws(FilterRemark) {
            let seconds = try ClaimTerm.read(end.text, now: state.wall, zone: state.zone)
            remark = nil
            return (seconds, ())
        } catch {
            remark = error
            return nil
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        let word =
            switch purpose {
            case .make: "claim"
            case .change: "change"
            case .takeOver: "take over"
            }
        return [
            (.own(.accept), word), (.own(.nextField), "note or end"), (.own(.down), "another end"),
            (.own(.cancel), "cancel"),
        ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let accept = state.keymap.spelling(of: .own(.accept), in: [.text]) ?? ""
        let cancel = state.keymap.spelling(of: .own(.cancel), in: [.text]) ?? ""
        let title =
            purpose == .takeOver ? "Take over" : purpose == .change ? "Your claim" : "Claim: I have it"
        let inside = Dialog(
            title: title, hint: "\(accept) \(hints(in: state)[0].1) · \(cancel) cancel"
        ).draw(in: &frame, state, width: 76, lines: 6)
        var lines = ClaimText(state: state, targets: targets)
        lines.width = inside.width
        let names = lines.names
        let labels = 7
        // Where not all has room, what is typed into has.
        let rows = inside.height >= 6 ? Array(0..<6) : [isEnd ? 3 : 2, isEnd ? 4 : 0, isEnd ? 2 : 3, 5, 4]
        for (place, row) in rows.prefix(inside.height).enumerated() {
            let line = inside.row(place)
            let field = Rect(line.x + labels, line.y, max(0, line.width - labels), 1)
            switch row {
            case 0: frame.put([names], line.x, line.y, .dialog, width: line.width)
            case 2:
                frame.put("Note", line.x, line.y, .textMuted)
                note.draw(in: &frame, field, Theme.style(.input), isFocused: !isEnd)
            case 3:
                frame.put("For", line.x, line.y, .textMuted)
                end.draw(in: &frame, field, Theme.style(.input), isFocused: isEnd)
            case 4:
                let words = remark?.words ?? "1h, 08:00, or \(ClaimTerm.open); up and down offer others"
                let piece = Piece(
                    TextLayout.cut(words, to: field.width), remark == nil ? .textMuted : .freshStale)
                frame.put([piece], field.x, field.y, .dialog, width: field.width)
            case 5:
                frame.put([lines.reach], line.x, line.y, .dialog, width: line.width)
            default: break
            }
        }
    }
}
