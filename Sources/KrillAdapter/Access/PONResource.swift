internal import AdapterKit
internal import Domain

extension ResourceDescriptor {
    /// PONs with their ONTs, counted from what the monitoring says of each.
    static let pon = ResourceDescriptor(
        .pon, plural: "pons", pane: .ports,
        fields: plantPlace + plantCounts + [
            Field("without_power", "No power", .integer, width: 4...8, priority: 4),
            Field(.since, "Since", .time, width: 5...8, priority: 3),
        ],
        interval: 600, order: [SortKey(.device), SortKey(.name)], quickInterval: 60, recording: .everything)
}

/// Rows of PONs.
enum PONRows {
    private static let resource = ResourceDescriptor.pon
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    private struct Tally {
        var olt: String?
        var up = 0
        var down = 0
        var unknown = 0
        /// ONTs whose state the server does not say.
        var unsaid = 0
        var withoutPower = 0
        var total: Int { up + down + unknown + unsaid }
    }

    /// A table of all PONs that an ONT is registered at.
    static func table(_ watch: Watch, _ backend: BackendID) -> Table {
        var tallies: [String: Tally] = [:]
        for host in watch.hosts.values where host.isCPE {
            guard let pon = host.registration.pon else { continue }
            var tally = tallies[pon] ?? Tally()
            tally.olt = tally.olt ?? host.registration.host
            if host.state == nil {
                tally.unsaid += 1
            } else if host.state == Watched.pending {
                tally.unknown += 1
            } else if host.isDown {
                tally.down += 1
                if host.isWithoutPower { tally.withoutPower += 1 }
            } else {
                tally.up += 1
            }
            tallies[pon] = tally
        }
        let sizes = watch.ponSizes
        let outages = Dictionary(
            Outage.all(in: watch) { sizes[$0] }.map { ($0.pon, $0) }, uniquingKeysWith: { $1 })
        var builder = TableBuilder(resource, backend, capacity: tallies.count)
        for (pon, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            builder.begin(EntityRef(backend, .pon, id: pon))
            if let status = status(tally, outages[pon]) {
                builder.set(place("oper"), text: status.rawValue)
            }
            if let olt = tally.olt {
                builder.set(place(.device), ref: EntityRef(backend, .device, id: olt), name: olt)
            }
            builder.set(place(.name), text: name(pon, tally.olt))
            // Any of those that nothing is said of may be either.
            if tally.unsaid == 0 {
                builder.set(place("online"), integer: Int64(tally.up))
                builder.set(place("offline"), integer: Int64(tally.down))
            }
            builder.set(place("total"), integer: Int64(tally.total))
            builder.set(place("without_power"), integer: Int64(tally.withoutPower))
            builder.set(place(.since), time: outages[pon]?.since)
        }
        return builder.finish()
    }

    private static func status(_ tally: Tally, _ outage: Outage?) -> DeviceStatus? {
        if outage != nil { return tally.up + tally.unsaid == 0 ? .down : .warning }
        if tally.up > 0 { return .up }
        if tally.unsaid > 0 { return nil }
        return tally.down > 0 ? .down : .unknown
    }

    /// What of the hosts leaves open which PONs there are, and what hangs on each.
    static func missing(_ watch: Watch) -> MissingFields {
        var missing = MissingFields()
        for host in watch.hosts.values {
            if host.isCPE, host.lacks.contains(.variables) {
                missing.note("vars", of: "hosts")
            } else if host.isCPE {
                host.noteMissingPlace(of: "hosts", in: &missing)
            }
        }
        return missing
    }

    /// The place alone where the OLT stands beside it.
    private static func name(_ pon: String, _ olt: String?) -> String {
        guard let olt, pon.hasPrefix("\(olt)-") else { return pon }
        return String(pon.dropFirst(olt.count + 1))
    }
}
