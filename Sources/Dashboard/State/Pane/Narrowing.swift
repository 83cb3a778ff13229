public import Domain
public import Filter

/// What rows of a pane have to pass to be shown.
struct Narrowing: Sendable {
    /// The filter that holds, as it was typed.
    private(set) var text = ""
    /// What it means.
    private(set) var filter = FilterExpression.everything
    /// What is wrong with the text being typed, or missing from it; the last good filter holds.
    private(set) var remark: FilterRemark?
    /// Whether only what is wrong is shown.
    private(set) var problemsOnly = false
    /// Whether what is acknowledged is left out.
    private(set) var hidesAcknowledged = false
    /// The one backend that is shown; nil shows all.
    private(set) var backend: BackendID?

    /// Whether rows are left out.
    var isOn: Bool { filter != .everything || problemsOnly || hidesAcknowledged || backend != nil }

    /// Shows what passes a filter.
    mutating func show(_ filter: FilterExpression, typed text: String) {
        self.text = text
        self.filter = filter
        remark = nil
    }

    /// Says what is wrong with a text that is being typed; nil when nothing is.
    mutating func setRemark(_ remark: FilterRemark?) { self.remark = remark }

    /// Shows only what is wrong, or everything.
    mutating func toggleProblemsOnly() { problemsOnly.toggle() }

    /// Leaves out what is acknowledged, or shows it.
    mutating func toggleAcknowledged() { hidesAcknowledged.toggle() }

    /// Shows one backend; nil shows all.
    mutating func show(only backend: BackendID?) { self.backend = backend }

    /// Leaves out what a saved view does, but for its filter.
    mutating func show(_ view: SavedView, of backend: BackendID?) {
        problemsOnly = view.problemsOnly
        hidesAcknowledged = view.hidesAcknowledged
        self.backend = backend
    }

    /// Shows everything.
    mutating func clear() { self = Narrowing() }
}

extension PaneState {
    /// The filter that holds, as it was typed.
    public var filterText: String { narrowing.text }
    /// What the rows pass.
    public var filter: FilterExpression { narrowing.filter }
    /// What is wrong with the text being typed, or missing from it; the last good filter holds.
    public var filterRemark: FilterRemark? { narrowing.remark }
    /// Whether only what is wrong is shown.
    public var problemsOnly: Bool { narrowing.problemsOnly }
    /// Whether what is acknowledged is left out.
    public var hidesAcknowledged: Bool { narrowing.hidesAcknowledged }
    /// The one backend that is shown; nil shows all.
    public var backend: BackendID? { narrowing.backend }
    /// Whether rows are left out by a filter or a switch.
    public var isNarrowed: Bool { narrowing.isOn }
}
