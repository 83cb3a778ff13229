internal import CLinux
internal import JSON

/// What is done to claims, as it waits for the store: a line of a file that outlives the process.
///
/// Each may be done twice: a claim has a number of its own, and what is over, or was changed later, is not changed.
struct ClaimStep: Hashable {
    let order: ClaimOrder
    /// Who wants it.
    let owner: String, host: String
    /// When, in Unix seconds by the clock of this machine.
    let at: Int64

    /// The step as a line.
    var line: String {
        func length(_ seconds: Double?) -> JSONTree { seconds.map { .number($0) } ?? .null }
        var members: [JSONTree.Member]
        switch order {
        case .make(let id, let server, let kind, let entity, let name, let note, let seconds):
            members = [
                .init("do", "make"), .init("id", .string(id)), .init("server", .string(server)),
                .init("kind", .string(kind)), .init("entity", .string(entity)), .init("name", .string(name)),
                .init("note", .string(note)), .init("for", length(seconds)),
            ]
        case .change(let id, let note, let seconds):
            members = [
                .init("do", "change"), .init("id", .string(id)), .init("note", .string(note)),
                .init("for", length(seconds)),
            ]
        case .end(let id): members = [.init("do", "end"), .init("id", .string(id))]
        }
        members += [
            .init("owner", .string(owner)), .init("host", .string(host)), .init("at", .integer(at)),
        ]
        return String(decoding: JSONTree.object(members).bytes, as: UTF8.self)
    }

    init(_ order: ClaimOrder, owner: String, host: String, at: Int64) {
        self.order = order
        self.owner = owner
        self.host = host
        self.at = at
    }

    /// Reads a line; nil for one that is none.
    init?(line: some StringProtocol) {
        guard let root = (try? JSONDocument(String(line)))?.root, let id = root["id"]?.string,
            let at = root["at"]?.int64
        else { return nil }
        func text(_ key: String) -> String { root[key]?.string ?? "" }
        let length = root["for"]?.double
        switch root["do"]?.string {
        case "make":
            order = .make(
                id: id, server: text("server"), kind: text("kind"), entity: text("entity"),
                name: text("name"),
                note: text("note"), length: length)
        case "change": order = .change(id: id, note: text("note"), length: length)
        case "end": order = .end(id: id)
        default: return nil
        }
        (owner, host, self.at) = (text("owner"), text("host"), at)
    }

    /// Does it to claims that are known, as the store will.
    ///
    /// - Parameters:
    ///   - now: the moment of the boot-time clock in nanoseconds, and the Unix second that it is.
    func apply(to claims: inout [TeamClaim], now: Int64, wall: Int64) {
        let madeAt = now - max(0, wall - at) * 1_000_000_000
        func end(_ length: Double?) -> Int64? { length.map { madeAt + Int64($0 * 1e9) } }
        switch order {
        case .make(let id, let server, let kind, let entity, let name, let note, let length):
            guard !claims.contains(where: { $0.id == id }) else { return }
            claims.append(
                TeamClaim(
                    id: id, server: server, kind: kind, entity: entity, name: name, owner: owner, host: host,
                    note: note, madeAt: madeAt, endsAt: end(length), isShared: false))
        case .change(let id, let note, let length):
            guard let place = claims.firstIndex(where: { $0.id == id }) else { return }
            claims[place].note = note
            claims[place].endsAt = end(length)
            claims[place].isShared = false
        case .end(let id): claims.removeAll { $0.id == id }
        }
    }
}
