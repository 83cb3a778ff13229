/// A PPPoE session, as RADIUS accounting has it.
struct DialSession: KrillRecord {
    let line: Line
    let start: Int
    /// Nil while it is online.
    let end: Int?
    let cause: String
    let call: KrillCall

    var id: Int { line.id }
    var written: [String: Input] { [:] }

    /// Sixteen hexadecimal digits, other ones for each session.
    var unique: String {
        let digits = String(call.access.network.noise.bits(.session, line.id, start), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    var length: Int { (end ?? call.view.tick) - start }
}

enum SessionColumns {
    static let resource = KrillResource<DialSession>(
        path: "oratio/accounting", title: "Accounting", fields: fields, forgivesSlash: true,
        list: { $0.sessions },
        find: { call, text in call.sessions.first { $0.unique == text } })

    private typealias F = KrillField<DialSession>

    private static let fields: [F] = [
        F("acctuniqueid") { .text($0.unique) }, F("krillcpename") { .text($0.line.name) },
        F("username") { .text("\($0.line.name)@isp") },
        F("callingstationid") { .text(MACText.of($0.line.mac)) },
        F("nasipaddress") { session in
            let node = session.line.node.map { session.call.access.network.devices[$0] }
            return .text(node?.address ?? "0.0.0.0")
        },
        F("framedipaddress") { .text($0.line.address) },
        F("acctstarttime", .datetime) { $0.call.time(tick: $0.start) },
        F("acctstoptime", .datetime) { session in session.end.map { session.call.time(tick: $0) } ?? .null },
        F("sessiontime", .integer) { .integer($0.length) },
        F("acctterminatecause") { .text($0.cause) },
        F("online", .boolean) { .flag($0.end == nil) },
    ]
}

extension KrillCall {
    /// The sessions that are online, and those that ended lately.
    var sessions: [DialSession] {
        zip(view.lines, view.states).filter { $0.0.traits.contains(.dials) && sees($0.0) }
            .flatMap { sessions(of: $0.1) }
    }

    /// The session that a line has now, before it those that ended lately.
    func sessions(of state: LineState) -> [DialSession] {
        let line = state.line
        guard line.traits.contains(.dials), !state.isNew else { return [] }
        let gaps = view.life.gaps(of: line, near: view.tick)
        let past = gaps.filter { $0.start <= view.tick }.map(\.start).max()
        var begin = max(state.since, gaps.filter { $0.end <= view.tick }.map(\.end).max() ?? state.since)
        var ended: [DialSession] = []
        func end(_ tick: Int, _ cause: String) {
            let start = min(begin, tick - 1_800)
            ended.append(DialSession(line: line, start: start, end: tick, cause: cause, call: self))
        }
        if let cut = view.changes.disconnections[line.id], cut >= begin {
            end(cut, "Admin-Reset")
            // Equipment dials again within a quarter of a minute.
            begin = cut + 12
        }
        guard state.hasService else {
            end(
                state.isUnprovisioned ? view.changes.unprovisioned[line.id] ?? state.since : state.since,
                "Lost-Carrier")
            return ended
        }
        if let past, gaps.contains(where: { $0.start == past && $0.covers(view.tick) }) {
            end(past, "User-Request")
            return ended
        }
        guard begin <= view.tick else { return ended }
        return ended + [DialSession(line: line, start: begin, end: nil, cause: "", call: self)]
    }

    /// `GET oratio/accounting/{acctuniqueid}/disconnect/`: a command, though it is a GET.
    func disconnect() -> Reply {
        let unique = self["id"]
        guard let session = sessions.first(where: { $0.unique == unique }) else { return notFound() }
        guard session.end == nil else { return detail(409, "The session has already ended.") }
        let tick = view.tick
        let author = account?.user ?? ""
        krill.world.changeLines { changes in
            changes.disconnections[session.line.id] = tick
            changes.note(.init(line: session.line.id, at: tick, action: "disconnect", author: author))
        }
        return json(["result": "disconnect ordered"])
    }

    // MARK: Pools

    /// The pools that addresses come from: one for each half of the lines, and one of fixed ones.
    static let pools = ["business", "residential"]

    private func sessions(inPool pool: String) -> [DialSession] {
        sessions.filter { $0.end == nil && ($0.line.circuit != nil) == (pool == "business") }
    }

    func listPools() -> Reply {
        json(
            .list(
                Self.pools.enumerated().map { index, name in
                    ["name": .text(name), "range": .text("100.\(index == 0 ? 64 : 96).0.0/16")]
                }))
    }

    func poolStats() -> Reply {
        let name = self["name"]
        guard Self.pools.contains(name) else { return notFound() }
        let sessions = sessions(inPool: name)
        let total = max(254, (sessions.count / 254 + 1) * 254)
        let entries = sessions.prefix(100).map { session in
            ([
                "framedipaddress": .text(session.line.address),
                "nasipaddress": .text(session.line.node.map { access.network.devices[$0].address } ?? ""),
                "username": .text("\(session.line.name)@isp"), "expiry_time": time(tick: view.tick + 3_600),
                "callingstationid": .text(MACText.of(session.line.mac)), "pool_name": .text(name),
            ] as Value)
        }
        return json(
            [
                "pool_name": .text(name), "total": .integer(total), "used": .integer(sessions.count),
                "free": .integer(total - sessions.count), "entries": .list(Array(entries)),
            ])
    }
}

extension KrillPaths {
    static let oratio: [KrillPath] =
        [SessionColumns.resource.paths[0]] + [
            .command("oratio/accounting/{id}/disconnect", "Accounting Disconnect") { $0.disconnect() },
            .get("oratio/pools", "Pools", forgivesSlash: true) { $0.listPools() },
            .get("oratio/pools/{name}/stats", "Pool Stats", forgivesSlash: true) { $0.poolStats() },
        ]
}
