internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// What the monitoring says of what is no CPE.
    func deviceDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard
            let row = try await objectIfThere(
                Path.host, ["name": entity.id], query: [("joins", "services")]), let host = Watched(row)
        else {
            throw BackendError(.missing, "the server has no host \(Cleaning.clean(entity.id)) any more")
        }
        var sections = watchSection("Device", row["attrs"])
        let memory = withMemory { $0 }
        let pons = PONRows.table(memory.watch, backend)
        let own = pons.refs.indices.filter { place in
            if case .ref(let olt, _) = pons.value(place, .device) { return olt == entity }
            return false
        }
        if !own.isEmpty {
            sections.append(
                Detail.Section(
                    "PONs",
                    own.map { place in
                        Detail.Line(
                            pons.text(place, "oper"), .ref(pons.refs[place], name: pons.refs[place].id),
                            .ref(.pon))
                    }))
        }
        if host.isProblem {
            sections.insert(
                Detail.Section(
                    "Alert",
                    [Detail.Line("", .ref(self.entity(.alert, host.name), name: host.title), .ref(.alert))]),
                at: 0)
        }
        return Detail(entity, title: host.name, sections: sections)
    }

    /// A problem as the server has it now, or the ONTs of a PON that are down together.
    func alertDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        let memory = withMemory { $0 }
        if entity.id.hasPrefix(Outage.id("")) {
            return try outageDetail(entity, String(entity.id.dropFirst(Outage.id("").count)), memory)
        }
        let parts = entity.id.split(separator: "!", maxSplits: 1)
        guard let name = parts.first.map(String.init),
            let row = try await objectIfThere(Path.host, ["name": name], query: [("joins", "services")]),
            let host = Watched(row)
        else { throw BackendError(.missing, "the alert is gone: the server has no such host any more") }
        let service = parts.count == 2 ? String(parts[1]) : nil
        let own = service.flatMap { service in
            row["joins"]?["services"]?.array?.first { Watched($0)?.service == service }
        }
        guard let problem = service == nil ? host : own.flatMap({ Watched($0) }) else {
            throw BackendError(.missing, "the alert is gone: the host has no such service any more")
        }
        let device = AlertRows(backend, memory).device(name)
        let lines = [
            Detail.Line("severity", (problem.severityWord?.word).map { .text($0) } ?? .none, .severity),
            Detail.Line("state", .text(problem.alertState.rawValue), .state),
            Detail.Line("device", .ref(device.ref, name: device.name), .ref(device.ref.kind)),
            Detail.Line("alert", .text(problem.title)),
            Detail.Line("output", .text(problem.output)),
            Detail.Line("impact", (problem.impactWord ?? host.impactWord).map { .text($0) } ?? .none),
            Detail.Line("note", problem.note.isEmpty ? .none : .text(problem.note)),
            Detail.Line("checked", problem.lastCheck.map { .time($0) } ?? .none, .time),
        ]
        let title = "\(problem.title) on \(device.name)"
        return Detail(
            entity, title: title,
            sections: [Detail.Section("Alert", lines)] + watchSection("Monitored", (own ?? row)["attrs"]))
    }

    private func outageDetail(
        _ entity: EntityRef, _ pon: String, _ memory: Memory
    ) throws(BackendError) -> Detail {
        let sizes = memory.watch.ponSizes
        guard let outage = Outage.all(in: memory.watch, size: { sizes[$0] }).first(where: { $0.pon == pon })
        else {
            throw BackendError(.missing, "the alert is gone: the PON is not down as a whole any more")
        }
        let lines = [
            Detail.Line("severity", .text(Severity.critical.word), .severity),
            Detail.Line("PON", .ref(self.entity(.pon, pon), name: pon), .ref(.pon)),
            Detail.Line("down", .text("\(outage.down.count) of \(outage.known) ONTs")),
            Detail.Line("since", outage.since.map { .time($0) } ?? .none, .time),
            Detail.Line(
                "", .text("derived from the hosts' own alerts; Krill has no alert of its own for it")),
        ]
        return Detail(
            entity, title: outage.words,
            sections: [Detail.Section("Alert", lines), ontSection(pon, memory)])
    }

    /// A PON with its ONTs, those that are down first.
    func ponDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        if withMemory({ $0.watch.wholeAt }) == nil {
            _ = try await readAllHosts(maximumAge: Self.hostsGoodFor) { _, _ in }
        }
        let memory = withMemory { $0 }
        let table = PONRows.table(memory.watch, backend)
        guard let row = table.row(of: entity) else {
            throw BackendError(.missing, "no ONT is registered at this PON any more")
        }
        var lines = table.resource.fields.compactMap { field -> Detail.Line? in
            let value = table.value(row, field.key)
            return value.isNone ? nil : Detail.Line(field.title, value, field.type)
        }
        lines.insert(Detail.Line("tag", .text(entity.id)), at: 0)
        return Detail(
            entity, title: entity.id, sections: [Detail.Section("PON", lines), ontSection(entity.id, memory)])
    }

    /// An ONU is the CPE's other end: its detail is the CPE's, with a link to it.
    func onuDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let cpe = self.entity(.cpe, entity.id)
        @Sendable func turned(_ detail: Detail) -> Detail {
            var detail = detail
            detail.entity = entity
            let link = Detail.Line("CPE", .ref(cpe, name: detail.title), .ref(.cpe))
            detail.sections.insert(Detail.Section("Belongs to", [link]), at: 0)
            return detail
        }
        return turned(try await cpeDetail(cpe) { partly(turned($0)) })
    }

    private func ontSection(_ pon: String, _ memory: Memory) -> Detail.Section {
        let rows = AlertRows(backend, memory)
        let hosts = memory.watch.hosts.values.filter { $0.registration.pon == pon }
            .sorted { ($0.isDown ? 0 : 1, $0.name) < ($1.isDown ? 0 : 1, $1.name) }
        return Detail.Section(
            "ONTs",
            hosts.map { host in
                let device = rows.device(host.name)
                let word =
                    host.isDown
                    ? CPERows.shortReason(host)
                    : host.state == nil ? "unknown" : host.state == Watched.pending ? "pending" : "up"
                return Detail.Line(word, .ref(device.ref, name: device.name), .ref(device.ref.kind))
            })
    }

    /// A customer with his lines.
    func customerDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let row = try await readRecord(.customer, entity.id), let customer = Customer(row)
        else {
            throw BackendError(.missing, "the server has no customer \(Cleaning.clean(entity.id)) any more")
        }
        var sections = fields.sections(
            row, [FieldGroup(title: "Customer", keys: Set(Customer.attributes + ["comment"]))])
        let memory = withMemory { $0 }
        let cpes = memory.cpes.values.filter { $0.customer == customer.id }.sorted { $0.name < $1.name }
        if !cpes.isEmpty {
            let lines = cpes.map { cpe in
                let failing = memory.watch.servicesByHost[cpe.host] ?? []
                let status = CPERows.status(
                    cpe, memory.watch.hosts[cpe.host], failing, knowing: memory.known)
                return Detail.Line(
                    status?.rawValue ?? "unknown",
                    .ref(EntityRef(backend, .cpe, id: cpe.id), name: cpe.name), .ref(.cpe))
            }
            sections.append(Detail.Section("CPEs", lines))
        }
        return Detail(entity, title: customer.name, sections: sections)
    }
}
