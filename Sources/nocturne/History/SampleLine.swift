import Domain
import Filter
import History

/// One value that was measured, or what several came to, as `nocturne history --samples` prints it.
struct SampleLine {
    let entity: SampledEntity
    let key: FieldKey
    let type: FieldType
    let sample: StoredSample

    /// What was measured of some entities, entity after entity, the first first; and when that began.
    static func all(
        _ entities: [SampledEntity], since: Timestamp, until: Timestamp, in store: any HistoryStore
    ) throws(HistoryError) -> (lines: [SampleLine], begins: Timestamp?) {
        var lines: [SampleLine] = []
        var begins: Timestamp?
        for entity in entities {
            let found = try store.recall(SampleQuery(entity.entity, since: since, until: until))
            if let first = found.begins { begins = min(begins ?? first, first) }
            for series in found.series {
                lines += series.samples.map {
                    SampleLine(entity: entity, key: series.key, type: series.type, sample: $0)
                }
            }
        }
        return (lines, begins)
    }

    /// What its value is in.
    var unit: String {
        switch type {
        case .rate: "bps"
        case .decibelMilliwatts: "dBm"
        case .percent: "%"
        case .bytes: "bytes"
        default: ""
        }
    }

    /// A value without digits that were never measured: rates are stored to 0.05 %.
    func exact(_ value: Double) -> Double {
        type == .rate ? value.rounded() : (value * 1_000).rounded() / 1_000
    }

    /// The lines as rows that all the ways of printing know.
    ///
    /// - Parameter isForEyes: whether times and values are in words rather than exact.
    static func listing(_ lines: [SampleLine], isForEyes: Bool, now: Timestamp) throws -> Listing {
        let rest: Int? = isForEyes ? nil : 5
        let number: FieldType = isForEyes ? .text : .number
        let resource = ResourceDescriptor(
            "sample", plural: "samples", pane: nil,
            fields: [
                Field("at", "When", .text), Field("seconds", "Seconds", .integer),
                Field("backend", "Backend", .word), Field("kind", "Kind", .word, priority: rest),
                Field("id", "ID", .text), Field("name", "Name", .text), Field("device", "Device", .text),
                Field("field", "Field", .word), Field("mean", "Value", number),
                Field("maximum", "Maximum", number), Field("unit", "Unit", .word, priority: rest),
                Field("count", "Count", .integer),
            ], interval: 60)
        var builder = TableBuilder(resource, BackendID(0), capacity: lines.count)
        for (row, line) in lines.enumerated() {
            builder.begin(EntityRef(BackendID(0), "sample", id: Int64(row)))
            line.write(isForEyes: isForEyes, to: &builder)
        }
        let request = Arrangement.Request(tables: [builder.finish()], context: FilterContext(now: now))
        return try Listing(
            Arrangement.make(request) ?? .empty, columns: nil, backends: [], now: now, fetchedAt: [:],
            style: .recorded)
    }

    private func write(isForEyes: Bool, to builder: inout TableBuilder) {
        builder.set(0, text: isForEyes ? HistoryTime.text(sample.at) : HistoryTime.exact(sample.at))
        builder.set(1, integer: sample.span)
        builder.set(2, text: entity.entity.backend)
        builder.set(3, text: entity.entity.kind.rawValue)
        builder.set(4, text: entity.entity.id)
        builder.set(5, text: entity.name)
        builder.set(6, text: entity.device)
        builder.set(7, text: key.rawValue)
        for (place, value) in [(8, sample.mean), (9, sample.maximum)] {
            if isForEyes {
                builder.set(place, text: Quantity.text(.number(value), type, now: sample.at))
            } else {
                builder.set(place, number: exact(value))
            }
        }
        builder.set(10, text: unit)
        builder.set(11, integer: Int64(sample.count))
    }
}

/// The entities that a name on the command line means, of those whose values are recorded.
enum SampleSubject {
    static func entities(_ text: String?, in store: any HistoryArchive) throws -> [SampledEntity] {
        guard let text else { return try store.sampled(kind: nil, id: nil, name: nil) }
        if let slash = text.firstIndex(of: "/"), slash != text.startIndex {
            let head = text[..<slash].split(separator: ":", maxSplits: 1)
            let id = String(text[text.index(after: slash)...])
            let backend = head.count == 2 ? String(head[0]) : nil
            let found = try HistorySubject.kinds(String(head.last ?? "")).flatMap { kind in
                try store.sampled(kind: kind, id: id, name: nil).filter {
                    backend == nil || $0.entity.backend == backend
                }
            }
            if !found.isEmpty { return found }
        }
        return try store.sampled(kind: nil, id: nil, name: text)
    }
}
