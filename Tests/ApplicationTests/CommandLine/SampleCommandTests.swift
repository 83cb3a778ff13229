import Domain
import Foundation
import History
import Testing

@testable import nocturne

@Suite("What nocturne history --samples prints")
struct SampleCommandTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteHistory

    private static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field(.name, "Port", .text), Field(.device, "Device", .ref(.device)),
            Field("in_bps", "In", .rate), Field("out_bps", "Out", .rate),
        ], interval: 300, trends: ["in_bps", "out_bps"])

    init() throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        store = SQLiteHistory(path: directory.path + "/history.sqlite") { Timestamp(1_000) }
        for (place, value) in [1_000_000, 2_500_000, 0].enumerated() {
            var builder = TableBuilder(Self.ports, BackendID(0))
            for (id, name) in [(17, "Gi0/1"), (18, "Gi0/2")] as [(Int64, String)] {
                builder.begin(EntityRef(BackendID(0), .port, id: id))
                builder.set(0, text: name)
                builder.set(1, ref: EntityRef(BackendID(0), .device, id: 4), name: "edge1")
                builder.set(2, integer: Int64(value))
            }
            try store.record(
                SampleReading(
                    HistoryList(backend: "core", kind: .port), builder.finish(),
                    at: Timestamp(1_800_000_000 + Int64(place) * 300)))
        }
    }

    private func lines(_ text: String?) throws -> [SampleLine] {
        try SampleLine.all(
            SampleSubject.entities(text, in: store), since: Timestamp(0), until: Timestamp(.max), in: store
        ).lines
    }

    @Test("an entity is named as everywhere, or by its name or its device's")
    func subjects() throws {
        #expect(try lines("core:port/17").count == 3)
        #expect(try lines("ports/17").count == 3)
        #expect(try lines("edge:port/17").isEmpty)
        #expect(try lines("Gi0/2").count == 3)
        #expect(try lines("edge1").count == 6)
        #expect(try lines(nil).count == 6)
        #expect(try lines("nothing").isEmpty)
    }

    @Test("JSON and CSV have times with offsets and plain numbers; a table has words")
    func formats() throws {
        func printed(_ print: (Listing, inout OutputBuffer) -> Void, isForEyes: Bool = false) throws -> String
        {
            let listing = try SampleLine.listing(
                try lines("core:port/17"), isForEyes: isForEyes, now: Timestamp(1_800_001_000))
            var bytes: [UInt8] = []
            var buffer = OutputBuffer { bytes += $0 }
            print(listing, &buffer)
            return String(decoding: bytes, as: UTF8.self)
        }
        let json = try printed { JSONOutput.print($0, .array, to: &$1) }
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.count == 3 && rows.map { $0["field"] as? String } == ["in_bps", "in_bps", "in_bps"])
        let at = try #require(rows[0]["at"] as? String)
        #expect(at.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/) != nil, "\(at)")
        let mean = try #require(rows[0]["mean"] as? Double)
        #expect(abs(mean - 1_000_000) < 1_000 && rows[2]["mean"] as? Double == 0)
        #expect(rows[0]["unit"] as? String == "bps" && rows[0]["count"] as? Int == 1)
        let csv = try printed { CSVOutput.print($0, to: &$1) }
        #expect(csv.hasPrefix("at,seconds,backend,kind,id,name,device,field,mean,maximum,unit,count"))
        let table = try printed(
            { TableOutput.print($0, width: 120, isColored: false, to: &$1) }, isForEyes: true)
        #expect(table.hasPrefix("WHEN") && table.contains("2.50M"))
    }

    @Test("the export has every value of every entity")
    func export() throws {
        var bytes: [UInt8] = []
        var buffer = OutputBuffer { bytes += $0 }
        try HistoryExport.print(
            samplesOf: store, since: Timestamp(0), until: Timestamp(.max), to: &buffer)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 6)
        for line in lines {
            let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(row["backend"] as? String == "core" && row["device"] as? String == "edge1")
        }
    }
}
