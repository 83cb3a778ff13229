public import Canvas
internal import Domain

/// The audit log on the screen.
public struct AuditPage: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .audit
    /// The records that are shown, newest first; nil while they are being read.
    public private(set) var entries: [AuditRow]?
    /// All that were read.
    private var all: [AuditRow]?
    /// Whether only those are shown of which nobody knows what became of them.
    public private(set) var isUnknownOnly: Bool
    /// Whether only this operator's own are shown.
    public private(set) var isMineOnly = false
    /// Why the team's record is not among them; nil where it is, and without a team.
    public private(set) var unread: String?
    /// Why they can't be read.
    public private(set) var problem: String?
    /// The record under the cursor.
    public private(set) var focus = 0
    /// Whether the record under the cursor is shown whole.
    public private(set) var isOpen = false
    /// The first line of an open record on the screen.
    public private(set) var top = 0
    /// What is looked for in the records; nil when nothing is.
    public internal(set) var find: Find?

    /// Shows it before anything was read.
    init(isUnknownOnly: Bool = false) { self.isUnknownOnly = isUnknownOnly }

    /// The record under the cursor.
    var focused: AuditRow? { entries.flatMap { $0.indices.contains(focus) ? $0[focus] : nil } }

    /// Takes what was read; the record under the cursor keeps it when newer ones have come above.
    mutating func read(_ result: Result<[AuditRow], BackendError>, unread: String? = nil) {
        self.unread = unread
        switch result {
        case .success(let entries):
            all = entries
            problem = nil
        case .failure(let error): problem = error.words
        }
        choose()
    }

    /// Shows those records that are wanted; the one under the cursor keeps it.
    private mutating func choose() {
        let before = focused?.id
        entries = all?.filter { (!isUnknownOnly || $0.isUnknown) && (!isMineOnly || $0.isMine) }
        let kept = before.flatMap { id in entries?.firstIndex { $0.id == id } }
        focus = kept ?? min(focus, max(0, (entries?.count ?? 0) - 1))
    }

    /// Puts the cursor on a record.
    mutating func moveFocus(to row: Int) {
        focus = row
        top = 0
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let page = Dialog.rows(state)
        if isOpen, let step = Self.lines(of: action, page) {
            let lines = focused.map { AuditText(state: state, entry: $0).lines.count } ?? 0
            top = max(0, min(lines - page, top + step))
            return .done([])
        }
        if let moved = ListMove(page: page, count: entries?.count ?? 0).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .open, .accept:
            isOpen = !isOpen && entries?.isEmpty == false
            top = 0
        case .check:
            guard let focused, focused.isUnknown else {
                state.showMessage(.plain, "what became of this command is known")
                break
            }
            state.showMessage(.plain, "looking for evidence of: \(focused.what)")
            return .done([.checkRecord(id: focused.id)])
        case .undo: return .done(focused.map { state.undo($0) } ?? [])
        case .refresh: return .done([.readAudit])
        case .toggle where !isOpen:
            isUnknownOnly.toggle()
            choose()
        case .mine where !isOpen:
            guard state.team != nil || all?.contains(where: { !$0.isMine }) == true else {
                state.showMessage(.plain, "all that is recorded here is your own")
                break
            }
            isMineOnly.toggle()
            choose()
        case .find, .findNext, .findPrevious: return .passed
        case .back, .close, .cancel:
            guard isOpen else { return .closed }
            isOpen = false
        default: return leave(action)
        }
        return .done([])
    }

    /// How many lines an action scrolls a text; nil when it does not.
    private static func lines(of action: OwnAction, _ page: Int) -> Int? {
        switch action {
        case .down, .nextField: 1
        case .up, .previousField: -1
        case .pageDown, .halfPageDown: page
        case .pageUp, .halfPageUp: -page
        default: nil
        }
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        AuditPicture(state: state, view: self).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        let open: [(Action, String)] = isOpen ? [] : [(.own(.accept), "whole record")]
        let undo: [(Action, String)] =
            focused?.undo == nil || state.isReadOnly ? [] : [(.own(.undo), "put back")]
        let which: [(Action, String)] =
            isOpen ? [] : [(.own(.toggle), isUnknownOnly ? "all commands" : "unknown outcomes only")]
        let whose: [(Action, String)] =
            isOpen || state.team == nil ? [] : [(.own(.mine), isMineOnly ? "all of the team" : "mine only")]
        return open + undo + [(.own(.check), "check an unknown outcome")] + which + whose
            + [(.own(.cancel), "back")]
    }
}

extension State {
    mutating func auditRead(_ result: Result<[AuditRow], BackendError>, unread: String? = nil) {
        unreadRecord = unread
        let state = self
        layers.update(AuditPage.self) { $0.read(result, unread: unread) }
        layers.update(TimelinePage.self) { $0.read(result, state) }
        layers.update(HandoffPage.self) { $0.read(result, state) }
        if case .success(let rows) = result { commandsOfDetails(rows) }
        auditChanged()
    }

    mutating func recordChecked(_ id: String, _ outcomes: [Outcome]) -> [Effect] {
        let words = outcomes.map { "\(name(of: $0.entity)): \($0.words)" }.joined(separator: "; ")
        let isBad = outcomes.contains { $0.state == .unknown || $0.state == .failed }
        showMessage(isBad ? .bad : .good, words.isEmpty ? "nothing could be read about it" : words)
        let isShown = layers.last(AuditPage.self) != nil
        return (isShown ? [.readAudit] : []) + (unknownOutcomes > 0 ? [.countUnknown] : [])
    }

    /// Says once, at the start, that there are commands of which nobody knows what became of them.
    mutating func unknownCounted(_ count: Int) {
        let isFirst = unknownOutcomes == 0
        setUnknownOutcomes(count)
        guard count > 0, isFirst, screen == nil else { return }
        let key = keymap.spelling(of: .own(.audit), in: [.table, .global]) ?? "the palette"
        let what = count == 1 ? "1 command of yours has" : "\(count) commands of yours have"
        showMessage(.bad, "\(what) no known outcome: \(key) shows what was sent and looks for evidence")
    }
}
