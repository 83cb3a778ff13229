import Domain
import Testing

/// A resource with a field of every kind.
enum Sample {
    static let resource = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("name", "Name", .text), Field("kind", "Kind", .word),
            Field("device", "Device", .ref(.device)),
            Field("in_bps", "In", .rate), Field("used", "Used", .percent), Field("since", "Since", .time),
            Field("trunk", "Trunk", .flag), Field("severity", "Severity", .severity),
        ], interval: 300)
    static let backend = BackendID(3)

    static func port(_ id: Int64) -> EntityRef { EntityRef(backend, .port, id: id) }
    static func device(_ id: Int64) -> EntityRef { EntityRef(backend, .device, id: id) }

    /// Rows with a name each, and the device that owns them.
    static func table(_ rows: [(Int64, String)], device owner: Int64 = 1) -> Table {
        var builder = TableBuilder(resource, backend)
        for (id, name) in rows {
            builder.begin(port(id))
            builder.set(0, text: name)
            builder.set(1, text: "kind \(id % 2)")
            builder.set(2, ref: device(owner), name: "router \(owner)")
            builder.set(3, integer: id * 10)
        }
        return builder.finish()
    }

    static func rows(_ table: Table) -> [String] {
        (0..<table.count).map { "\(table.refs[$0].id) \(table.text($0, 0))" }
    }
}

@Suite("Tables")
struct TableTests {
    @Test("words that are read once say of each row what its text says, whatever the field holds")
    func wordsReadOnce() {
        var builder = TableBuilder(Sample.resource, Sample.backend)
        for id in 0..<60 {
            builder.begin(Sample.port(Int64(id)))
            if id % 7 != 0 { builder.set(0, text: "port \(id)") }
            if id % 3 != 0 { builder.set(1, text: "kind \(id % 5)") }
            if id % 2 == 0 { builder.set(2, ref: Sample.device(Int64(id)), name: "router \(id % 4)") }
            builder.set(3, integer: 7)
        }
        let table = builder.finish()
        for column in Sample.resource.fields.indices {
            let lengths = WordValues(table, column) { $0.count }
            #expect(
                (0..<table.count).map { lengths[$0] }
                    == (0..<table.count).map { table.text($0, column).count })
        }
    }

    @Test("every kind of value comes back as it was set")
    func values() {
        var builder = TableBuilder(Sample.resource, Sample.backend, capacity: 2)
        builder.begin(Sample.port(1))
        builder.set(0, text: "Gi0/1")
        builder.set(1, text: "ethernet")
        builder.set(2, ref: Sample.device(7), name: "rtr")
        builder.set(3, integer: 12)
        builder.set(4, number: 0.5)
        builder.set(5, time: Timestamp(99))
        builder.set(6, flag: false)
        builder.set(7, text: "critical")
        let table = builder.finish()
        #expect(table.value(0, "name") == .text("Gi0/1"))
        #expect(table.value(0, "kind") == .text("ethernet"))
        #expect(table.value(0, "device") == .ref(Sample.device(7), name: "rtr"))
        #expect(table.value(0, "in_bps") == .integer(12))
        #expect(table.value(0, "used") == .number(0.5))
        #expect(table.value(0, "since") == .time(Timestamp(99)))
        #expect(table.value(0, "trunk") == .flag(false))
        #expect(table.value(0, "severity") == .text("critical"))
        #expect(table.value(0, "other") == .none)
        #expect(table.name(0) == "Gi0/1")
    }

    @Test("what was not set, or set to nothing, has no value")
    func none() {
        var builder = TableBuilder(Sample.resource, Sample.backend)
        builder.begin(Sample.port(1))
        builder.begin(Sample.port(2))
        builder.set(0, text: "")
        builder.set(2, ref: nil, name: "")
        builder.set(3, integer: nil)
        builder.set(4, number: .nan)
        builder.set(5, time: nil)
        builder.set(6, flag: nil)
        builder.begin(Sample.port(3))
        builder.set(4, number: .infinity)
        builder.set(3, integer: .min)
        let table = builder.finish()
        for row in 0..<2 {
            for field in Sample.resource.fields {
                #expect(table.value(row, field.key) == .none, "\(field.key)")
            }
        }
        #expect(table.value(2, "used") == .none)
        #expect(table.value(2, "in_bps") == .integer(.min + 1))
        #expect(table.name(0) == "1")
    }

    @Test("only the first value of a field counts, and only one of its type")
    func misuse() {
        var builder = TableBuilder(Sample.resource, Sample.backend)
        builder.set(0, text: "before any row")
        builder.set(3, integer: 9)
        builder.begin(Sample.port(1))
        for name in ["first", "second"] { builder.set(0, text: name) }
        for number: Int64 in [1, 2] { builder.set(3, integer: number) }
        builder.set(1, text: "word")
        builder.set(1, text: "other")
        builder.set(2, text: "name alone")
        builder.set(2, ref: Sample.device(1), name: "late")
        builder.set(4, integer: 3)
        builder.set(5, text: "not a time")
        builder.set(7, integer: 3)
        builder.begin(Sample.port(2))
        builder.set(0, text: "next")
        let table = builder.finish()
        #expect(Sample.rows(table) == ["1 first", "2 next"])
        #expect(table.integer(0, "in_bps") == 1)
        #expect(table.text(0, "kind") == "word")
        #expect(table.value(0, "device") == .text("name alone"))
        #expect(table.value(0, "used") == .number(3))
        #expect(table.value(0, "since") == .none)
        #expect(table.value(0, "severity") == .none)
    }

    @Test("text is cleaned wherever it comes in")
    func cleaning() {
        let hostile = "a\u{1B}[31m\u{202E}b\nc\u{0}\u{FEFF}é"
        var builder = TableBuilder(Sample.resource, Sample.backend)
        builder.begin(Sample.port(1))
        builder.set(0, text: hostile)
        builder.set(1, text: hostile)
        builder.set(2, ref: Sample.device(1), name: hostile)
        builder.begin(Sample.port(2))
        for column in 0...2 { Array(hostile.utf8).withUnsafeBufferPointer { builder.set(column, utf8: $0) } }
        builder.begin(Sample.port(3))
        [0x61, 0xFF, 0x62].withUnsafeBufferPointer { builder.set(0, utf8: $0) }
        let table = builder.finish()
        for row in 0..<2 { for column in 0...2 { #expect(table.text(row, column) == "a[31mb cé") } }
        #expect(table.text(2, 0) == "a\u{FFFD}b")
    }

    @Test("many different words, and names that change for one entity, are told apart")
    func words() {
        var builder = TableBuilder(Sample.resource, Sample.backend)
        for row in 0..<3000 {
            builder.begin(Sample.port(Int64(row)))
            builder.set(1, text: "word \(row % 1000)")
            builder.set(2, ref: Sample.device(1), name: "name \(row % 3)")
        }
        let table = builder.finish()
        for row in stride(from: 0, to: 3000, by: 7) {
            #expect(table.text(row, 1) == "word \(row % 1000)")
            #expect(table.text(row, 2) == "name \(row % 3)")
        }
    }

    @Test("every entity is found, the first of several rows, and no other")
    func index() {
        let ids = (0..<5000).map { Int64($0 * 7919 % 100_003) } + [7919]
        let table = Sample.table(ids.map { ($0, "\($0)") })
        for row in 0..<5000 { #expect(table.row(of: Sample.port(ids[row])) == row) }
        #expect(table.row(of: Sample.port(100_004)) == nil)
        #expect(table.row(of: EntityRef(BackendID(0), .port, id: 7919)) == nil)
        #expect(Table.empty(Sample.resource, Sample.backend).row(of: Sample.port(0)) == nil)
    }

    @Test("tables with the same rows are recognised, and any difference is seen")
    func sameRows() {
        let rows: [(Int64, String)] = [(1, "a"), (2, "b")]
        let table = Sample.table(rows)
        #expect(table != Sample.table(rows))
        #expect(table.hasSameRows(as: table))
        #expect(table.hasSameRows(as: Sample.table(rows)))
        #expect(!table.hasSameRows(as: Sample.table([(1, "a"), (2, "c")])))
        #expect(!table.hasSameRows(as: Sample.table([(1, "a")])))
        #expect(!table.hasSameRows(as: Sample.table([(2, "b"), (1, "a")])))
        #expect(!table.hasSameRows(as: Sample.table(rows, device: 2)))
    }

    @Test("a copied row is the row")
    func copying() {
        var full = TableBuilder(Sample.resource, Sample.backend)
        full.begin(Sample.port(5))
        full.set(0, text: "é")
        full.set(2, text: "alone")
        full.set(4, number: 1.5)
        full.set(6, flag: true)
        full.set(5, time: Timestamp(5))
        full.begin(Sample.port(6))
        let table = full.finish()
        var copy = TableBuilder(Sample.resource, Sample.backend)
        for row in 0..<table.count { copy.append(table, row: row) }
        #expect(copy.count == 2)
        #expect(copy.finish().hasSameRows(as: table))
    }

    @Test("folded text holds every text field of every row in lower case")
    func folded() {
        var builder = TableBuilder(Sample.resource, Sample.backend)
        builder.begin(Sample.port(1))
        builder.set(0, text: "Gi0/1 ÜΣ")
        builder.set(1, text: "Ethernet")
        builder.set(2, ref: Sample.device(1), name: "RTR")
        builder.begin(Sample.port(2))
        builder.set(7, text: "ok")
        let folded = builder.finish().folded
        func row(_ row: Int) -> String {
            String(
                decoding: folded.bytes[Int(folded.offsets[row])..<Int(folded.offsets[row + 1])], as: UTF8.self
            )
        }
        #expect(row(0) == "gi0/1 üσ\nethernet\nrtr\n\n")
        #expect(row(1) == "\n\n\nok\n")
        #expect(folded.columns == [0, 1, 2, 7])
        #expect(folded.place(of: 7) == 3)
        #expect(folded.place(of: 3) == nil)
    }

    @Test("many threads that ask for folded text get one and the same")
    func foldedOnce() async {
        let table = Sample.table((0..<500).map { ($0, "Port \($0)") })
        await withTaskGroup(of: ObjectIdentifier.self) { group in
            for _ in 0..<8 { group.addTask { ObjectIdentifier(table.folded) } }
            var seen: Set<ObjectIdentifier> = []
            for await identity in group { seen.insert(identity) }
            #expect(seen.count == 1)
        }
    }
}
