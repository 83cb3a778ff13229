import Domain
public import Filter

/// What is looked for where the operator is, and what was found; nothing is left out for it.
public struct Find: Sendable, Equatable {
    /// What was typed.
    public private(set) var text = ""
    /// What it means.
    public private(set) var wanted = FilterExpression.everything
    /// What was found in the rows as they are now; nil while they are being looked through.
    public private(set) var hits: Hits?

    /// Where the cursor was when the looking began: where it is brought back to.
    let origin: Origin
    /// Where the cursor goes as soon as the rows were looked through; any move of the operator takes it back.
    private(set) var jump: Jump?
    private var questions = Questions()

    /// A place of the cursor.
    struct Origin: Sendable, Equatable {
        var entity: EntityRef?
        var row: Int
        var top: Int
    }

    /// Where to go: so many hits on from the cursor, or from the nearest hit behind the origin.
    struct Jump: Sendable, Equatable {
        var isFromOrigin: Bool
        var step = 0
    }

    init(from origin: Origin) { self.origin = origin }

    /// Looks for what was typed, from where the looking began.
    mutating func type(_ text: String, _ wanted: FilterExpression) {
        self.text = text
        self.wanted = wanted
        hits = nil
        jump = Jump(isFromOrigin: true)
    }

    /// Goes so many hits further on.
    mutating func goOn(_ step: Int) {
        var jump = jump ?? Jump(isFromOrigin: false)
        jump.step += step
        self.jump = jump
    }

    /// The cursor goes nowhere by itself any more.
    mutating func endJump() { jump = nil }

    /// Knows what was found; nil where it can't be known.
    mutating func show(_ hits: Hits?) { self.hits = hits }

    /// Whether rows are being looked through off the main thread.
    var isAsked: Bool { questions.isPending }

    /// What was found in rows at once; no answer to an earlier question is taken.
    mutating func answer(_ hits: Hits?) {
        questions.askAtOnce()
        self.hits = hits
    }

    /// Has rows looked through off the main thread, one question at a time.
    ///
    /// - Returns: the number of the question; nil while another one is being answered.
    mutating func ask() -> Int? { questions.ask() }

    /// A question was answered.
    mutating func answered(_ question: Int) -> Answer { questions.answered(question) }

    /// Which of the found rows the cursor is on, and how many there are, in words.
    ///
    /// - Parameter row: the row under the cursor.
    func words(_ row: Int) -> String {
        guard wanted != .everything else { return "" }
        guard let hits, jump == nil else { return "looking…" }
        let undecided = hits.undecided > 0 ? ", \(Quantity.count(hits.undecided)) undecided" : ""
        if hits.count == 0 { return "none\(undecided)" }
        let place = hits.place(of: row).map { "\(Quantity.count($0 + 1)) of " } ?? ""
        return "\(place)\(Quantity.count(hits.count))\(place.isEmpty ? " found" : "")\(undecided)"
    }

    /// Where a jump leads; nil while it is not known, or when nothing was found.
    ///
    /// - Parameters:
    ///   - cursor: the row under the cursor.
    ///   - origin: the row where the looking began.
    func landing(cursor: Int, origin: Int) -> (position: Int, wrapped: Bool)? {
        guard let hits, let jump else { return nil }
        guard jump.isFromOrigin else { return hits.position(jump.step, from: cursor) }
        guard let first = hits.position(0, from: origin), jump.step != 0 else {
            return hits.position(0, from: origin)
        }
        return hits.position(jump.step, from: first.position)
    }
}

/// Lines of text as rows, so that the language of filters finds in them.
struct FindableLines {
    private static let fields = ["name", "value"].map { Field(FieldKey(rawValue: $0), $0, .text) }
    private static let resource = ResourceDescriptor(
        "line", plural: "lines", pane: nil, fields: fields, interval: 0)

    /// The names that may be used: `name:` and `value:`.
    static let vocabulary = FilterVocabulary([resource])

    /// The lines in order; nil is a line that is never found.
    let lines: [(name: String, value: String)?]

    /// What is found in them.
    func hits(of wanted: FilterExpression, now: Timestamp) -> Hits? {
        var builder = TableBuilder(Self.resource, BackendID(0))
        for (place, line) in lines.enumerated() {
            builder.begin(EntityRef(BackendID(0), "line", id: Int64(place)))
            guard let line else { continue }
            builder.set(0, text: line.name)
            builder.set(1, text: line.value)
        }
        let filled = FilterExpression.any([
            .not(.field("name", .equals(FilterText("")))), .not(.field("value", .equals(FilterText("")))),
        ])
        let context = FilterContext(now: now)
        let arrangement = Arrangement.make(
            Arrangement.Request(tables: [builder.finish()], context: context))
        return arrangement.flatMap {
            Hits.make(Hits.Request(filled.and(wanted), in: $0, context: context))
        }
    }
}
