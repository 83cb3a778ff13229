internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Everything about a CPE: the CRM's fields at once, then what takes requests of its own.
    ///
    /// The equipment itself is not asked.
    func cpeDetail(
        _ entity: EntityRef, _ partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard let row = try await readCPE(entity.id, joins: "customer,potses"), let cpe = CPE(row) else {
            throw BackendError(.missing, "the server has no CPE \(Cleaning.clean(entity.id)) any more")
        }
        if let customer = row["customer"].flatMap({ Customer($0) }) {
            withMemory { $0.take([customer]) }
        }
        var sections: [Detail.Section] = []
        if let obstacle = cpe.obstacle {
            sections.append(
                Detail.Section("Access", [Detail.Line("", .text("this line may not be used: \(obstacle)"))]))
        }
        sections += fields.sections(row, Self.cpeGroups)
        let detail = Detail(entity, title: cpe.name, sections: sections)
        if withMemory({ $0.version }) == .v1 { return detail }
        return await detail.filled(with: cpeParts(cpe, entity), partly)
    }

    private func cpeParts(_ cpe: CPE, _ entity: EntityRef) -> [DetailPart] {
        let id = entity.id
        return [
            DetailPart(title: "Monitoring") { [self] () async throws(BackendError) in
                try await monitoringSections(cpe)
            },
            DetailPart(title: "Events") { [self] () async throws(BackendError) in
                try await eventSection("Events", id, query: [])
            },
            DetailPart(title: "Calls") { [self] () async throws(BackendError) in
                try await eventSection("Calls", id, query: [("type", "cdr")])
            },
            DetailPart(title: "Logs") { [self] () async throws(BackendError) in try await logSection(id) },
            DetailPart(title: "Links") { [self] () async throws(BackendError) in try await linkSection(id) },
            DetailPart(title: "Measured") { [self] () async throws(BackendError) in
                try await measuredSections(cpe)
            },
        ]
    }

    /// The host with its services and their last optical levels.
    private func monitoringSections(_ cpe: CPE) async throws(BackendError) -> [Detail.Section] {
        guard
            let row = try await objectIfThere(Path.host, ["name": cpe.host], query: [("joins", "services")]),
            let host = Watched(row)
        else { return [Detail.Section("Monitoring", [Detail.Line("", .text("not monitored"))])] }
        let rows = row["joins"]?["services"]?.array
        let services = rows?.compactMap { Watched($0) } ?? []
        let known = Memory.Known(hosts: true, services: rows != nil)
        let status =
            CPERows.status(cpe, host, services.filter(\.isProblem), knowing: known)
            .map { Value.text($0.rawValue) } ?? .none
        var lines = [
            Detail.Line("status", status, .state),
            Detail.Line("why", .text(CPERows.reason(cpe, host))),
            Detail.Line("registered", host.registration.state.map { .text($0) } ?? .none),
            Detail.Line("place", host.registration.id.map { .text($0) } ?? .none),
        ]
        if let olt = host.registration.host {
            lines.append(Detail.Line("OLT", .ref(self.entity(.device, olt), name: olt), .ref(.device)))
        }
        if let pon = host.registration.pon {
            lines.append(Detail.Line("PON", .ref(self.entity(.pon, pon), name: pon), .ref(.pon)))
        }
        if host.isProblem {
            lines.append(
                Detail.Line("alert", .ref(self.entity(.alert, host.name), name: host.title), .ref(.alert)))
        }
        var sections = [Detail.Section("Monitoring", lines)]
        if !services.isEmpty {
            sections.append(Detail.Section("Services", services.map { serviceLine($0, host) }))
        }
        if let txrx = services.first(where: { $0.service == "txrx" }) { sections += levelSection(txrx, host) }
        return sections + watchSection("Monitored", row["attrs"])
    }

    private func serviceLine(_ service: Watched, _ host: Watched) -> Detail.Line {
        guard service.state != Watched.pending else {
            return Detail.Line(service.service, .text("never checked"))
        }
        let words = ["ok", "warning", "critical"]
        let word = service.state.flatMap { words.indices.contains($0) ? words[$0] : nil } ?? "unknown"
        let old = host.isDown ? ", from before the line went down" : ""
        let output = service.output.isEmpty ? "" : ": \(service.output)"
        return Detail.Line(service.service, .text("\(word)\(output)\(old)"))
    }

    /// The last levels that the monitoring knows; lists carry only upper limits, so the lower ones are the site's.
    private func levelSection(_ txrx: Watched, _ host: Watched) -> [Detail.Section] {
        let limits = withMemory { $0.limits }
        var lines: [Detail.Line] = []
        if host.isDown {
            lines.append(Detail.Line("", .text("the line is down: no reading now")))
        }
        for metric in txrx.metrics where !host.isDown {
            guard let value = metric.value, !(metric.unit == "dB" && value < 0) else {
                lines.append(Detail.Line(Levels.title(metric.name), .none))
                continue
            }
            let isPower = metric.unit == "dBm"
            lines.append(
                Detail.Line(
                    isPower ? Levels.title(metric.name) : "\(Levels.title(metric.name)) \(metric.unit)",
                    .number(value), isPower ? .decibelMilliwatts : .number))
            if let words = Levels.words(value, metric.name, thresholds: [], limits) {
                lines.append(Detail.Line("", .text(words)))
            }
        }
        if let time = txrx.lastCheck { lines.append(Detail.Line("measured", .time(time), .time)) }
        return lines.isEmpty ? [] : [Detail.Section("Light", lines)]
    }

    private static let cpeGroups: [FieldGroup] = [
        FieldGroup(
            title: "CPE",
            keys: [
                "id", "cpename", "internal_id", "external_id", "customer", "model", "sn", "mac", "wanmac",
                "mtamac", "tech", "realm", "topology", "access", "active", "notes", "expiration_date",
            ]
        ),
        FieldGroup(
            title: "Service",
            keys: [
                "profile", "line_profile", "address_profile", "fixed_address", "lan_cidr", "bridge",
                "is_router",
                "is_bitstream", "voip_profile", "tv_profile", "external_voip", "wifi_ssid", "wifi_profile",
                "pppoe_username", "me_vlan", "disable_provision", "disable_reconfig", "tr069", "has_tr069",
                "potses",
            ]
        ),
        FieldGroup(
            title: "Where",
            keys: [
                "address", "city", "country", "locality", "postalcode", "latitude", "longitude", "remote_id",
            ]
        ),
    ]
}
