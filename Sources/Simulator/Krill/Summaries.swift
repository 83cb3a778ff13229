/// The counts that monitoring makes of its objects; only the names of these paths are public.
extension KrillPaths {
    static let summaries: [KrillPath] = [
        .get("monitoring/hostgroups", "Hostgroups", forgivesSlash: true) { $0.hostgroups() },
        .get("monitoring/status/summary", "Status Summary", forgivesSlash: true) { $0.statusSummary() },
        .get("monitoring/location/summary", "Location Summary", forgivesSlash: true) { $0.locationSummary() },
        .get("monitoring/history", "History", forgivesSlash: true) { $0.history() },
        .get("monitoring/cpes/{id}/info", "Cpe Info", forgivesSlash: true) { call in
            guard let cpe = call.cpe(named: call["id"]) else { return call.notFound() }
            return call.json(LiveInfo(cpe, call).value)
        },
    ]
}

extension KrillCall {
    private func counts(_ objects: [Monitored]) -> [Value.Member] {
        let words = Dictionary(grouping: objects, by: \.word).mapValues(\.count)
        return words.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }
    }

    /// A bare list.
    func hostgroups() -> Reply {
        let hosts = self.hosts
        let names = Set(hosts.flatMap(\.groups)).sorted()
        return json(
            .list(
                names.map { name in
                    let members = hosts.filter { $0.groups.contains(name) }
                    return .object(
                        [.init("name", .text(name)), .init("hosts", .integer(members.count))]
                            + counts(members))
                }))
    }

    func statusSummary() -> Reply {
        let hosts = self.hosts
        let services = hosts.flatMap(self.services)
        func summary(_ objects: [Monitored]) -> Value {
            .object(
                counts(objects) + [
                    .init("total", .integer(objects.count)),
                    .init("problems", .integer(objects.count { $0.isProblem })),
                    .init("unhandled", .integer(objects.count { $0.isProblem && !$0.isHandled })),
                ])
        }
        return json(["hosts": summary(hosts), "services": summary(services)])
    }

    func locationSummary() -> Reply {
        let lines = zip(view.lines, view.states).filter { sees($0.0) }
        let sites = Dictionary(grouping: lines.filter { $0.0.node != nil }) {
            access.network.devices[$0.0.node ?? 0].site.code
        }
        return json(
            .list(
                sites.sorted { $0.key < $1.key }.map { code, lines in
                    [
                        "location": .text(code), "hosts": .integer(lines.count),
                        "down": .integer(lines.count { !$0.1.isUp && !$0.1.isUnchecked }),
                    ]
                }))
    }

    /// The changes of hosts in the last day, the latest first; the columns are those of Krill's own table.
    func history() -> Reply {
        let wanted = query["host_name"] ?? query["host"]
        let lines =
            wanted.map { name in cpe(named: name).map { [$0.line] } ?? [] }
            ?? view.lines.filter {
                sees($0) && !$0.traits.isDisjoint(with: [.losesPower, .losesFibre, .isAway])
            }
        var changes: [(at: Int, line: Line, isUp: Bool)] = []
        for line in lines where !line.traits.contains(.isNew) {
            for outage in view.life.ownOutages(of: line, near: view.tick) {
                if outage.episode.start <= view.tick { changes.append((outage.episode.start, line, false)) }
                if outage.episode.end <= view.tick { changes.append((outage.episode.end, line, true)) }
            }
        }
        changes.sort { $0.at > $1.at }
        let columns: [Column<(at: Int, line: Line, isUp: Bool)>] = [
            Column("date", in: .krill) { self.time(tick: $0.at) },
            Column("host", in: .krill) { .text($0.line.name) },
            Column("service", in: .krill) { _ in .text("") },
            Column("state", in: .krill) { .integer($0.isUp ? 0 : 1) },
            Column("state_type", in: .krill) { _ in .integer(1) },
            Column("last_state", in: .krill) { .integer($0.isUp ? 1 : 0) },
            Column("type", in: .krill) { .text($0.isUp ? "recovery" : "problem") },
            Column("output", in: .krill) { .text($0.isUp ? "online" : "Offline!") },
        ]
        return page(changes, columns)
    }
}
