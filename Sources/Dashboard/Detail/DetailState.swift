public import Domain

/// An opened entity.
public struct DetailState: Sendable, Equatable {
    /// The entity.
    public let entity: EntityRef
    /// What it is called.
    public private(set) var title: String
    /// What the server says, as far as it arrived; nil while nothing did.
    public private(set) var detail: Detail?
    /// Why the server could not say it.
    public private(set) var problem: BackendError?
    /// When the whole answer arrived.
    public private(set) var arrivedAt: Instant?
    /// What was recorded of it earlier; nil while that is not known.
    private(set) var recollection: Recollection?
    /// Why that can't be read.
    private(set) var earlierProblem: String?
    /// The commands that were sent to it.
    private(set) var commands: [AuditRow] = []
    private var isEarlierAsked = false
    /// Rows of other tables that name the entity.
    private(set) var related: [RelatedRows] = []
    /// What other servers' rows are linked with it, and why; and what each says of it.
    private(set) var linkedSections: [Detail.Section] = []
    /// The lines that were unfolded, by the entity that they lead to.
    public private(set) var branches: [EntityRef: Branch] = [:]
    /// What the equipment itself was asked; nil when it never was.
    public private(set) var live: LiveQuestion?
    /// The line under the cursor.
    public private(set) var focus = 0
    /// The first line on the screen.
    public private(set) var top = 0
    /// What is looked for in its lines; nil when nothing is.
    public private(set) var find: Find?
    /// Whether the server is being asked.
    public private(set) var isAsking = false
    /// Whether it is to be asked once more when it has answered.
    private var asksAgain = false

    init(entity: EntityRef, title: String) {
        self.entity = entity
        self.title = title
    }

    // MARK: The server

    /// Asks for everything; never twice at once.
    ///
    /// - Parameters:
    ///   - rest: why the server is left alone for now; nil where it is not.
    ///   - afterCommand: whether what is under way may have been read before a command, and is asked for once more.
    /// - Returns: whether the server is to be asked.
    mutating func ask(resting rest: String?, afterCommand: Bool = false) -> Bool {
        if isAsking {
            if afterCommand { asksAgain = true }
            return false
        }
        if let rest {
            problem = BackendError(.refused, "\(rest); nothing is asked")
            return false
        }
        isAsking = true
        return true
    }

    /// The server has answered, or failed to.
    mutating func answered() { isAsking = false }

    /// Shows what a server says, as far as it is.
    mutating func show(_ detail: Detail) {
        self.detail = detail
        title = detail.title
    }

    /// Shows all that a server says.
    mutating func show(_ detail: Detail, whole now: Instant) {
        show(detail)
        problem = nil
        arrivedAt = now
    }

    /// The server could not say it.
    mutating func failed(_ error: BackendError) { problem = error }

    /// Whether it is to be asked once more; from here on it is not.
    mutating func takeAsksAgain() -> Bool {
        defer { asksAgain = false }
        return asksAgain
    }

    /// Shows rows of other tables that name the entity, and what is linked with it.
    mutating func relate(_ rows: [RelatedRows], _ linked: [Detail.Section]) {
        related = rows
        linkedSections = linked
    }

    // MARK: What was earlier

    /// Asks for what was recorded of it, once.
    mutating func askEarlier() -> Bool {
        defer { isEarlierAsked = true }
        return !isEarlierAsked
    }

    /// Knows what was recorded of it, or why that can't be read.
    mutating func recall(_ result: Result<Recollection, BackendError>) {
        switch result {
        case .success(let recollection):
            self.recollection = recollection
            earlierProblem = nil
        case .failure(let error): earlierProblem = error.words
        }
    }

    /// Knows what was recorded of it just now.
    mutating func recall(_ changes: [StateChange]) { recollection?.changes += changes }

    /// Knows the commands that were sent to it.
    mutating func recall(_ commands: [AuditRow]) { self.commands = commands }

    // MARK: Branches and the equipment

    /// Changes what stands below a line.
    mutating func changeBranch(_ entity: EntityRef, _ change: (inout Branch) -> Void) {
        change(&branches[entity, default: Branch()])
    }

    /// Changes what the equipment itself was asked.
    mutating func changeLive(_ change: (inout LiveQuestion) -> Void) {
        var live = live ?? LiveQuestion()
        change(&live)
        self.live = live
    }

    // MARK: The cursor

    /// Puts the cursor on a line.
    mutating func moveFocus(to line: Int) { focus = line }

    /// Scrolls, so that a line is the first on the screen.
    mutating func scroll(to line: Int) { top = line }

    /// Looks for something in its lines; nil takes that away.
    mutating func setFind(_ find: Find?) { self.find = find }
}
