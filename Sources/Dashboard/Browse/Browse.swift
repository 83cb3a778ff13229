public import Domain

/// What was looked at in the servers' APIs: the collections that panes of their own show.
public struct Browse: Sendable {
    /// Collections that are kept; the one that was not looked at for longest goes first.
    static let most = 20

    /// One collection.
    public struct Visit: Sendable {
        /// What the API's document calls it; empty until it answered.
        public private(set) var title = ""
        /// Its rows as far as they came; nil until the first did.
        public private(set) var table: Table?
        /// Whether they are all.
        public private(set) var completeness = Completeness.complete
        /// How far a list is read again whose rows of before are still the ones that are shown; nil otherwise.
        public private(set) var progress: String?
        /// Why the server did not answer.
        public private(set) var problem: BackendError?
        /// When it answered last.
        public private(set) var readAt: Instant?
        /// Why commands are not possible there, in words.
        public private(set) var refusals: [CommandKind: String] = [:]
        /// Whether a command may have changed what there is since it was read.
        fileprivate(set) var isOutdated = false
        /// The question that is under way.
        fileprivate(set) var question: Int?

        /// Whether the server is being asked.
        public var isAsking: Bool { question != nil }

        /// - Returns: whether these are the rows to show now: while a list is read again, those of before stay until
        ///   as many came.
        fileprivate mutating func answered(
            _ browsed: Browsed, _ table: Table, isLast: Bool, now: Instant
        ) -> Bool {
            if !isLast, case .partial(let words) = browsed.completeness, let shown = self.table,
                shown.count > table.count
            {
                progress = words
                return false
            }
            progress = nil
            title = browsed.title
            self.table = table
            completeness = browsed.completeness
            refusals = browsed.refusals
            problem = nil
            readAt = now
            return true
        }

        fileprivate mutating func failed(_ error: BackendError) {
            problem = error
            progress = nil
        }

        fileprivate mutating func stopped() {
            question = nil
            progress = nil
            if case .complete = completeness, table == nil {
                problem = BackendError(.cancelled, "stopped before anything came")
            }
        }
    }

    private var visits: [EntityRef: Visit] = [:]
    /// The latest last.
    private var order: [EntityRef] = []
    private var questions = 0
    /// Where each collection was opened from.
    private var origins: [EntityRef: Place] = [:]

    init() {}

    /// Remembers where a collection is opened from; not where that itself was opened from it.
    mutating func enter(_ collection: EntityRef, from place: Place) {
        var above = place.pane.collection
        var steps = 0
        while let one = above, steps <= Self.most {
            if one == collection { return }
            above = origins[one]?.pane.collection
            steps += 1
        }
        origins[collection] = place
    }

    /// Where a collection was opened from; nil where it was not opened from anything.
    func origin(of collection: EntityRef) -> Place? { origins[collection] }

    /// What is known of a collection; nil where nobody looked at it.
    public subscript(collection: EntityRef) -> Visit? { visits[collection] }

    /// The collections that are kept.
    public var collections: Set<EntityRef> { Set(order) }

    /// Rows of all collections that are kept, to find what an entity is called.
    var tables: [Table] { order.reversed().compactMap { visits[$0]?.table } }

    /// Asks for a collection.
    ///
    /// - Returns: the number of the question.
    mutating func ask(_ collection: EntityRef) -> Int {
        questions += 1
        order.removeAll { $0 == collection }
        order.append(collection)
        visits[collection, default: Visit()].question = questions
        visits[collection]?.isOutdated = false
        if order.count > Self.most { visits[order.removeFirst()] = nil }
        return questions
    }

    /// Whether somebody waits for the answer to a question.
    func waits(for question: Int, of collection: EntityRef) -> Bool {
        visits[collection]?.question == question
    }

    /// Rows came; more follow unless they are the last.
    ///
    /// - Returns: whether they are shown.
    mutating func answered(
        _ collection: EntityRef, _ browsed: Browsed, _ table: Table, isLast: Bool, now: Instant
    ) -> Bool {
        let isShown =
            visits[collection]?.answered(browsed, table, isLast: isLast, now: now) ?? false
        if isLast { visits[collection]?.question = nil }
        return isShown
    }

    /// The server did not answer; rows that came before stay.
    mutating func failed(_ collection: EntityRef, _ error: BackendError) {
        visits[collection]?.failed(error)
        visits[collection]?.question = nil
    }

    /// Nobody waits for more rows; what came is what there is.
    mutating func stop(_ collection: EntityRef) { visits[collection]?.stopped() }

    /// A command was sent to a backend: what was read of it is read again when it is looked at.
    mutating func outdate(_ backend: BackendID) {
        for collection in order where collection.backend == backend { visits[collection]?.isOutdated = true }
    }

    /// It is no collection after all.
    mutating func forget(_ collection: EntityRef) {
        visits[collection] = nil
        order.removeAll { $0 == collection }
    }
}

extension PaneName {
    /// The pane of a collection of an API; it has no tab of its own.
    init(of collection: EntityRef) {
        self.init(rawValue: "\(Self.prefix)\(collection.backend.index) \(collection.id)")
    }

    private static let prefix = "browse "

    /// The collection that it shows; nil for the panes with tabs.
    var collection: EntityRef? {
        guard rawValue.hasPrefix(Self.prefix) else { return nil }
        let parts = rawValue.dropFirst(Self.prefix.count).split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let index = Int(parts[0]) else { return nil }
        return EntityRef(BackendID(index), .collection, id: String(parts[1]))
    }

    /// The pane whose tab is open while this one is in front.
    var tab: PaneName { collection == nil ? above : .browse }
}

extension Pane {
    /// The pane of a collection: its rows in the server's order, with the columns that they have.
    init(of collection: EntityRef, _ table: Table?) {
        let usual = Usual(name: PaneName(of: collection), columns: [], sticky: 1, order: [])
        self.init(usual, resources: table.map { [$0.resource] } ?? [], nil)
        // Its rows are read when they are looked at, and not as a kind of every backend.
        kinds = []
        order = []
    }
}
