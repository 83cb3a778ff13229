internal import Domain
internal import HTTP
internal import JSON

/// How far a list has been read.
struct PagingState {
    /// The rows of the last part, and how many of them no part before it had.
    let got: Int, fresh: Int
    /// All rows so far, and how many different ones.
    let all: Int, distinct: Int
    /// The number of the last part, from 0.
    let part: Int
    /// Where the list stands in its file.
    let place: String
}

extension DeclaredResource.Paging {
    /// What comes after a part.
    enum Step { case end(gap: String?), more([(String, String)]) }

    /// The query of the first part.
    var first: [(String, String)] {
        switch self {
        case .none, .next, .cursor: []
        case .offset(let offset, let limit, let size, _): [(offset, "0"), (limit, String(size))]
        case .page(let page, let size, let first, _):
            [(page, String(first))] + (size.map { [($0.key, String($0.value))] } ?? [])
        }
    }

    /// Whether parts are counted, so that rows may move between them.
    var isCounted: Bool {
        switch self {
        case .offset, .page: true
        case .none, .next, .cursor: false
        }
    }

    /// Where the list goes on, and whether nobody said how many rows there are.
    func next(after root: JSONValue, _ state: PagingState) -> (step: Step, lacksTotal: Bool) {
        switch self {
        case .none: return (.end(gap: nil), true)
        case .offset(let offset, let limit, let size, let total):
            return counted(root, state, total) { [(offset, String(state.all)), (limit, String(size))] }
        case .page(let page, let size, let first, let total):
            return counted(root, state, total) {
                [(page, String(first + state.part + 1))] + (size.map { [($0.key, String($0.value))] } ?? [])
            }
        case .next, .cursor: return (linked(root, state.place), true)
        }
    }

    /// A list by numbers ends with its last row where the server counts them, else with a part that is empty: a server may
    /// give less at once than it was asked for.
    private func counted(
        _ root: JSONValue, _ state: PagingState, _ total: Pointer?, _ query: () -> [(String, String)]
    ) -> (Step, Bool) {
        let promised = total?.value(in: root)?.int64
        var gap: String?
        if let total, promised == nil {
            gap = "the answer has no number at \(total.text) (\(state.place)), where total should be"
        }
        if let promised, Int64(state.distinct) < promised {
            gap = "\(Quantity.count(state.distinct)) of \(Quantity.count(Int(clamping: promised))) rows came"
        }
        if state.got == 0 { return (.end(gap: gap), promised == nil) }
        if state.fresh == 0 {
            return (.end(gap: "the same rows came again: check the names in paging (\(state.place))"), false)
        }
        if let promised, Int64(state.all) >= promised { return (.end(gap: gap), false) }
        return (.more(query()), promised == nil && total == nil)
    }

    private func linked(_ root: JSONValue, _ place: String) -> Step {
        let pointer: Pointer, isOptional: Bool
        switch self {
        case .none, .offset, .page: return .end(gap: nil)
        case .next(let at, _, let optional), .cursor(let at, _, let optional):
            (pointer, isOptional) = (at, optional)
        }
        switch pointer.match(in: root) {
        case .nothing:
            // Null is the server's word for the end; a member that is not there may be a slip of the file.
            if isOptional || pointer.isNull(in: root) { return .end(gap: nil) }
            return .end(
                gap:
                    "the answer has nothing at \(pointer.text) (\(place)): where the last part has no such member, set "
                    + "optional = true in paging")
        case .foreign: break
        case .value(let value):
            switch self {
            case .next(_, let keeping, _):
                guard let address = value.string else { break }
                if address.isEmpty { return .end(gap: nil) }
                let query = Self.query(in: address, keeping: keeping)
                return query.isEmpty ? .end(gap: "the server's parts lead nowhere") : .more(query)
            case .cursor(_, let key, _):
                guard let word = value.word else { break }
                return word.isEmpty ? .end(gap: nil) : .more([(key, word)])
            case .none, .offset, .page: break
            }
        }
        return .end(gap: "what should say where the list goes on is of another type")
    }

    /// Of the address of a next part only some values of its query are used: it may name any host and any path.
    static func query(in address: String, keeping: Set<String>) -> [(String, String)] {
        guard let mark = address.firstIndex(of: "?") else { return [] }
        return address[address.index(after: mark)...].prefix { $0 != "#" }.split(separator: "&").compactMap {
            let parts = $0.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[1].utf8.count <= 512 else { return nil }
            let key = PercentEncoding.decode(parts[0], plusIsSpace: true)
            guard keeping.contains(key) else { return nil }
            return (key, PercentEncoding.decode(parts[1], plusIsSpace: true))
        }
    }
}
