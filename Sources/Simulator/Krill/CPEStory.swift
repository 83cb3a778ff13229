/// What happened to a line, as Krill's `events` have it.
struct LineEvent: Sendable {
    let source: String
    let type: String
    let start: Int
    let end: Int?
    let words: String
}

extension KrillCall {
    /// What people asked of a line and what befell it, the latest first.
    func events(of line: Line) -> [LineEvent] {
        var events = view.changes.operations.filter { $0.line == line.id }.map { operation in
            LineEvent(
                source: operation.action == "diagnostic" || operation.action == "reconfig"
                    ? "acs" : "provisioner",
                type: operation.action, start: operation.at, end: operation.at + 5,
                words: "\(operation.action) by \(operation.author)"
            )
        }
        for outage in view.life.ownOutages(of: line, near: view.tick) where outage.episode.start <= view.tick
        {
            let isOver = outage.episode.end <= view.tick
            events.append(
                LineEvent(
                    source: "provisioner", type: "registration", start: outage.episode.start,
                    end: isOver ? outage.episode.end : nil,
                    words: outage.trouble == .power
                        ? "dyinggasp" : outage.trouble == .fibre ? "losi" : "offline"))
        }
        if line.traits.contains(.dials) {
            events += view.life.gaps(of: line, near: view.tick).filter { $0.end <= view.tick }.map {
                LineEvent(
                    source: "oratio", type: "pppoe", start: $0.start, end: $0.end,
                    words: "session ended: User-Request")
            }
        }
        events.append(
            LineEvent(
                source: "crm", type: "change",
                start: -access.network.noise.pick(90_000...7_000_000, .line, line.id, 70),
                end: nil, words: "profile"))
        return events.sorted { $0.start > $1.start }
    }

    /// Calls of a telephone line, one or two a day.
    func calls(of line: Line) -> [LineEvent] {
        guard let pots = potses(of: line).first else { return [] }
        let noise = access.network.noise
        let today = floorDivide(view.tick, by: 43_200)
        return (0..<12).map { back in
            let start = (today - back) * 43_200 + noise.pick(0...40_000, .line, line.id, 200 + today - back)
            let length = noise.pick(8...2_400, .line, line.id, 400 + today - back)
            return LineEvent(
                source: "asterisk", type: "cdr", start: start, end: start + length,
                words: "\(pots.number) -> +3460\(1_000_000 + (line.id * 31 + back * 7_919) % 9_000_000)")
        }.filter { ($0.end ?? 0) <= view.tick }
    }
}

/// The columns of an event; their names are those of Krill's own tables, the rest is inferred.
enum EventColumns {
    static func columns(_ call: KrillCall, _ line: Line) -> [Column<LineEvent>] {
        [
            Column("id", in: .krill) { .integer(abs($0.start) * 10 + line.id % 10) },
            Column("host_name", in: .krill) { _ in .text(line.name) },
            Column("source", in: .krill) { .text($0.source) },
            Column("type", in: .krill) { .text($0.type) },
            Column("start_time", in: .krill) { call.time(tick: $0.start) },
            Column("end_time", in: .krill) { $0.end.map { call.time(tick: $0) } ?? .null },
            Column("data", in: .krill) { ["text": .text($0.words)] },
        ]
    }
}

extension KrillPaths {
    /// What Krill tells of a CPE's past and present; only `info` has a public body, the others are inferred.
    static func stories(_ root: String) -> [KrillPath] {
        [
            .get("\(root)/events", "Cpe Events", forgivesSlash: true) { call in
                guard let cpe = call.cpe(named: call["id"]) else { return call.notFound() }
                let isCalls = call.query["type"] == "cdr"
                let events = isCalls ? call.calls(of: cpe.line) : call.events(of: cpe.line)
                let columns = EventColumns.columns(call, cpe.line)
                let filters = KrillFilter.read(call.query, columns)
                let kept = events.filter { event in filters.allSatisfy { $0.accepts(event) } }
                return call.page(KrillFilter.sort(kept, by: call.query["sort"], columns), columns)
            },
            ofCPE("\(root)/logs", "Cpe Logs") { call, cpe in
                .list(
                    call.events(of: cpe.line).prefix(20).map { event in
                        [
                            "time": call.time(tick: event.start), "program": .text(event.source),
                            "message": .text("\(cpe.name): \(event.words)"),
                        ]
                    })
            },
            ofCPE("\(root)/livestatus", "Cpe Livestatus") { call, cpe in
                let host = call.host(of: call.view.state(of: cpe.line))
                return [
                    "host": InlineColumns(MonitoringColumns.attributes).object(host),
                    "services": .list(
                        call.services(of: host).map {
                            InlineColumns(MonitoringColumns.embedded).object($0)
                        }),
                ]
            },
            ofCPE("\(root)/links", "Cpe Links") { _, cpe in
                .list([
                    ["name": "Web interface", "url": .text("http://\(cpe.line.address)/")]
                ])
            },
            ofCPE("\(root)/info", "Cpe Info") { call, cpe in LiveInfo(cpe, call).value },
            ofCPE("\(root)/cwmp_info", "Cpe Cwmp Info") { call, cpe in
                let state = call.view.state(of: cpe.line)
                return [
                    "serial_number": .text(cpe.line.serial), "manufacturer": .text(cpe.line.model.vendor),
                    "product_class": .text(cpe.line.model.name), "software_version": "V5R020C10S215",
                    "last_inform": call.time(tick: (state.isUp ? call.view.tick : state.since) - 300),
                    "uptime": .integer(state.isUp ? call.view.tick - state.started : 0),
                    "wifi": ["ssid": .text("wifi-\(cpe.name)"), "channel": 6],
                ]
            },
        ]
    }
}
