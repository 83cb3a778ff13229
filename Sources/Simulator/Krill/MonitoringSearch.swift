/// One condition of `monitoring/search`.
struct SearchCondition: Sendable {
    let name: String
    let comparison: Comparison

    /// The parameters that say how to answer rather than what.
    private static let manners = KrillFilter<Monitored>.reserved.union(["type"])

    static func read(_ query: Query) -> [SearchCondition] {
        query.pairs.filter { !manners.contains($0.name) }.map { name, value in
            let (bare, comparison) = Comparison.read(name, value)
            return SearchCondition(name: bare, comparison: comparison)
        }
    }

    /// What is no word of the search is skipped.
    func accepts(_ object: Monitored) -> Bool {
        switch name {
        case "hostgroup", "hostgroups": return accepts(object.groups)
        case "regstate":
            return accepts([object.line?.isNew == true ? "__regstate__" : object.registrationState])
        case "regtag": return accepts(object.tags)
        case "reghost": return comparison.accepts(.text(object.nodeName))
        case "hard_state": return Comparison.flag(comparison.wanted) == true
        case "topology":
            guard let line = object.line?.line else { return false }
            return comparison.accepts(.text(object.call.cpe(line).topology))
        case _ where name.hasPrefix("perfdata."):
            let metric = name.dropFirst("perfdata.".count)
            guard let found = object.metrics.first(where: { $0.name == metric })?.hundredths else {
                return false
            }
            return comparison.accepts(.float(hundredths: found))
        case _ where name.hasPrefix("vars."):
            return accepts(variable: object)
        default:
            guard let column = Self.columns[name] else { return true }
            return comparison.accepts(column.value(object))
        }
    }

    private static let columns = Dictionary(
        uniqueKeysWithValues: MonitoringColumns.attributes.map { ($0.name, $0) })

    private func accepts(_ words: [String]) -> Bool {
        words.contains { comparison.accepts(.text($0)) }
    }

    /// `vars.administrative_info__topology`: two underscores lead one level down.
    private func accepts(variable object: Monitored) -> Bool {
        var path = name.dropFirst("vars.".count)
        var value = object.variables
        while true {
            guard case .object(let members) = value else { return comparison.accepts(value) }
            // A key may hold underscores itself, so the longest that fits is taken.
            let fitting = members.filter { path == $0.key || path.hasPrefix("\($0.key)__") }
            guard let member = fitting.max(by: { $0.key.count < $1.key.count }) else { return false }
            value = member.value
            path = path.dropFirst(min(member.key.count + 2, path.count))
        }
    }
}

extension Monitored {
    /// The groups that a host is in.
    var groups: [String] {
        switch source {
        case .line(let state): return ["cpe", "cpe\(state.line.technology.rawValue)"]
        case .device(let index):
            guard let node = call.access.nodes.first(where: { $0.index == index }) else { return ["core"] }
            let own: String =
                switch node.technology {
                case .gpon: "olt"
                case .docsis: "cmts"
                case .wimax: "basestation"
                case .ethernet: "switch"
                }
            return ["core", own]
        }
    }

    /// What its checks measure; of a host that of its light too.
    var metrics: [PerfDatum] {
        guard isHost, let line, line.line.technology == .gpon else { return perfdata }
        return perfdata + call.services(of: self).filter { $0.serviceName == "txrx" }.flatMap(\.perfdata)
    }
}

extension KrillCall {
    /// `GET monitoring/search`: hosts, services, or with no `type` both (inferred).
    func search() -> Reply {
        let conditions = SearchCondition.read(query)
        let type = query["type"]?.lowercased() ?? "all"
        func wanted(_ objects: [Monitored]) -> [Monitored] {
            guard !conditions.isEmpty else { return objects }
            return objects.filter { object in conditions.allSatisfy { $0.accepts(object) } }
        }
        let isPlain = conditions.isEmpty && query["sort"] == nil && query["search"] == nil
        if type == "host", isPlain { return page(of: hostSources, objectColumns(), host) }
        let hosts = self.hosts
        var objects: [Monitored] = []
        if type != "service" { objects += wanted(hosts) }
        if type != "host" { objects += wanted(hosts.flatMap(services)) }
        if let words = query["search"]?.lowercased(), !words.isEmpty {
            objects = objects.filter { $0.name.lowercased().contains(words) }
        }
        objects = KrillFilter.sort(objects, by: query["sort"], MonitoringColumns.attributes)
        return page(objects, objectColumns())
    }

    /// `GET monitoring/hosts/{name}`: one bare object, with its last check.
    func showHost() -> Reply {
        guard let host = object(named: self["name"]) else { return notFound() }
        let result = Column<Monitored>("last_check_result", in: .krill) { $0.lastResult }
        return json(Column.object(host, objectColumns(and: [result])))
    }

    /// The shape of Icinga's objects; `attrs` chooses among their attributes (inferred from Icinga).
    private func objectColumns(
        and others: [Column<Monitored>] = []
    ) -> [Column<Monitored>] {
        var attributes = MonitoringColumns.attributes + others
        if let attrs = query["attrs"], !attrs.isEmpty {
            let names = Set(attrs.split(separator: ",").map(String.init))
            attributes = attributes.filter { names.contains($0.name) }
        }
        let names = attributes.map(\.name)
        let embedded = InlineColumns(MonitoringColumns.embedded.filter { names.contains($0.name) })
        let own = InlineColumns(attributes)
        let joins = (query["joins"] ?? "").split(separator: ",")
        let joinsServices = joins.contains("services")
        return [
            Column("type", in: .krill) { .text($0.isHost ? "Host" : "Service") },
            Column("name", in: .krill) { .text($0.name) },
            Column("meta", in: .krill) { _ in .object([]) },
            Column("attrs", in: .krill) { own.object($0) },
            Column("joins", in: .krill) { object in
                guard joinsServices, object.isHost else { return .object([]) }
                return ["services": .list(object.call.services(of: object).map { $0.embedded(embedded) })]
            },
        ]
    }
}

extension Monitored {
    fileprivate func embedded(_ columns: InlineColumns<Monitored>) -> Value {
        ["type": "Service", "name": .text(name), "meta": .object([]), "attrs": columns.object(self)]
    }

    fileprivate var lastResult: Value {
        guard hasBeenChecked, let checked else { return .null }
        let end = call.view.time(checked)
        return [
            "command": .text(checkCommand), "output": .text(output), "state": .integer(condition),
            "execution_start": call.time(end - 1), "execution_time": .float(hundredths: 34),
            "execution_end": call.time(end), "schedule_start": call.time(end - 1),
        ]
    }
}

/// Columns of an object that stands inside another, with what stands before each value made once.
///
/// It is written without being made first: a page of a thousand hosts holds some five thousand of them.
struct InlineColumns<Record: Sendable>: Sendable {
    private let columns: [Column<Record>]
    private let prefixes: [[UInt8]]

    init(_ columns: [Column<Record>]) {
        self.columns = columns
        let writer = JSONWriter(style: KrillCall.style)
        prefixes = columns.enumerated().map { writer.keyPrefix($0.element.name, isFirst: $0.offset == 0) }
    }

    func object(_ record: Record) -> Value {
        .rows(
            Rows(count: 1) { writer in
                writer.open("{")
                for index in columns.indices {
                    writer.append(raw: prefixes[index])
                    writer.write(columns[index].value(record))
                }
                writer.close("}", isEmpty: columns.isEmpty)
            })
    }
}
