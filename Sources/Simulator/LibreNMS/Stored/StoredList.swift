/// A list that changes only when somebody writes it: what is in it by itself, and what a new row begins with.
struct StoredList: Sendable {
    /// Under which its changes are kept.
    let name: String
    /// The column of the row's number.
    let key: String
    /// The other columns with what stands there in a new row.
    let usual: [Value.Member]
    /// The rows that the world has.
    let own: @Sendable (LibreNMSCall) -> [Value]

    init(
        _ name: String, key: String = "id", usual: Value = [:],
        _ own: @escaping @Sendable (LibreNMSCall) -> [Value] = { _ in [] }
    ) {
        self.name = name
        self.key = key
        self.usual = usual.members
        self.own = own
    }

    func id(of row: Value) -> Int { row[key].number ?? 0 }
}

extension LibreNMSCall {
    /// The rows of a list as they are now.
    func rows(of list: StoredList) -> [Value] {
        let own = list.own(self)
        guard let edits = view.register.edits[list.name] else { return own }
        let added = edits.added.sorted().map { id in
            Value.object([.init(list.key, .integer(id))] + list.usual)
        }
        return (own.filter { !edits.removed.contains(list.id(of: $0)) } + added).map { row in
            guard let written = edits.written[list.id(of: row)] else { return row }
            return .object(
                row.members.map { member in
                    written[member.key].map { Value.Member(member.key, $0.value(like: member.value)) }
                        ?? member
                })
        }
    }

    /// The row of a number, or of what stands in a column.
    func row(of list: StoredList, _ word: String, named column: String? = nil) -> Value? {
        rows(of: list).first { row in
            row[list.key].word == word || column.map { row[$0].word == word } ?? false
        }
    }

    @discardableResult
    func edit<Result: Sendable>(_ list: String, _ change: (inout Edits) -> Result) -> Result {
        view.changeDevices { register in
            var edits = register.edits[list] ?? Edits()
            let result = change(&edits)
            register = register.editing(list, edits)
            return result
        }
    }

    // MARK: What changes lists in general

    /// The body as fields, or the answer that refuses it.
    func fields() -> (fields: [String: Input], refusal: Reply?) {
        guard case .object(let members)? = body else {
            return ([:], failed(400, "We couldn't parse the provided json. Syntax error"))
        }
        return (Dictionary(members.map { ($0.key, $0.value) }) { $1 }, nil)
    }

    /// Adds a row; `done` has the answer.
    func add(
        to list: StoredList, needs required: [String], naming names: [String: String] = [:],
        with more: [String: Input] = [:], missing words: String, _ done: (Int) -> Reply
    ) -> Reply {
        let (fields, refusal) = fields()
        if let refusal { return refusal }
        guard required.allSatisfy({ !(fields[$0] ?? .null).isEmptyInPHP }) else { return failed(400, words) }
        return done(edit(list.name) { $0.add(named(fields, names).merging(more) { $1 }) })
    }

    /// Changes a row.
    func change(
        _ row: Value?, of list: StoredList, naming names: [String: String] = [:], missing: Reply,
        _ done: Reply
    ) -> Reply {
        guard let row else { return missing }
        let (fields, refusal) = fields()
        if let refusal { return refusal }
        edit(list.name) { $0.write(named(fields, names), to: list.id(of: row)) }
        return done
    }

    /// Removes a row.
    func remove(_ row: Value?, from list: StoredList, missing: Reply, _ done: Reply) -> Reply {
        guard let row else { return missing }
        edit(list.name) { $0.remove(list.id(of: row)) }
        return done
    }

    private func named(_ fields: [String: Input], _ names: [String: String]) -> [String: Input] {
        Dictionary(fields.map { (names[$0.key] ?? $0.key, $0.value) }) { $1 }
    }

    /// A list in the envelope, or the words for an empty one where that is an error.
    func list(
        _ key: String, of rows: [Value], empty words: String? = nil, message: String? = nil,
        counts: Bool = true
    ) -> Reply {
        if rows.isEmpty, let words { return failed(404, words) }
        return list(key, .list(rows), count: rows.count, message: message, countsWhenModern: counts)
    }

    /// A new number in the envelope.
    func created(_ key: String, _ id: Int, _ message: String? = nil, status: Int = 201) -> Reply {
        var members: [Value.Member] = [.init("status", "ok"), .init(key, .computed(id))]
        if let message { members.append(.init("message", .text(message))) }
        return json(status, .object(members))
    }
}

extension Input {
    /// What was written, in the manner of what stood there.
    func value(like old: Value) -> Value {
        switch old {
        case .integer, .computed: integer.map(Value.integer) ?? .integer(phpText == "1" ? 1 : 0)
        case .flag: .flag(!isEmptyInPHP)
        case .decimal: .decimal(phpText)
        default: value
        }
    }

    static func integer(_ number: Int) -> Input { .number(String(number)) }

    /// Numbers, given as a list or as words with commas.
    var numbers: [Int] {
        list?.compactMap(\.integer) ?? phpText.split(separator: ",").compactMap { Int($0.trimmingSpaces) }
    }
}
