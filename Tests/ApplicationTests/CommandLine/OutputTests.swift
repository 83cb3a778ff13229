import AdapterKit
import Dashboard
import Domain
import Filter
import Foundation
import Testing

@testable import nocturne

@Suite("What get prints")
struct OutputTests {
    private static let resource = ResourceDescriptor(
        "buoy", plural: "buoys", pane: nil,
        fields: [
            Field(.name, "Name", .text), Field(.note, "Note", .text), Field("depth", "Depth", .number),
            Field("count", "Count", .integer), Field(.enabled, "Enabled", .flag),
            Field(.since, "Since", .time), Field(.severity, "Severity", .severity),
        ], interval: 60)

    /// Rows as a hostile server could give them; every third has no value but its id.
    private func table(_ rows: Int) -> Table {
        var builder = TableBuilder(Self.resource, BackendID(0))
        let notes = ["plain", "say \"hi\", twice", " blank ends ", "Jürgen ☃ 日本", "a\r\nb\u{1B}[31m", "=1+1"]
        for row in 0..<rows {
            builder.begin(EntityRef(BackendID(0), "buoy", id: "b-\(row)"))
            guard row % 3 != 2 else { continue }
            builder.set(0, text: "buoy \(row)")
            builder.set(1, text: notes[row % notes.count])
            builder.set(2, number: Double(row) / 4)
            builder.set(3, integer: Int64(row))
            builder.set(4, flag: row % 2 == 0)
            builder.set(5, time: Timestamp(1_790_000_000))
            builder.set(6, text: row == 0 ? "critical" : "ok")
        }
        return builder.finish()
    }

    private func listing(_ rows: Int, columns: String? = nil) throws -> Listing {
        try listing([table(rows)], columns: columns)
    }

    private func listing(_ tables: [Table], columns: String? = nil) throws -> Listing {
        let network = try Network(
            [BackendPlan("sea", at: "http://127.0.0.1:1")], isReadOnly: true, log: nil)
        let request = Arrangement.Request(
            tables: tables, context: FilterContext(now: Timestamp(1_790_000_060)))
        return try Listing(
            try #require(Arrangement.make(request)), columns: columns, network: network,
            fetchedAt: [BackendID(0): Timestamp(1_790_000_050)])
    }

    /// What one way of printing writes, piece by piece.
    private func pieces(_ print: (inout OutputBuffer) -> Void) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var buffer = OutputBuffer { pieces.append($0) }
        print(&buffer)
        return pieces
    }

    private func text(_ print: (inout OutputBuffer) -> Void) -> String {
        String(decoding: pieces(print).joined(), as: UTF8.self)
    }

    @Test("json holds every field of every row, null for what is not known, and nothing that acts")
    func json() throws {
        let listing = try listing(6)
        let text = text { JSONOutput.print(listing, .array, to: &$0) }
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(rows.count == 6)
        #expect(rows[1]["note"] as? String == "say \"hi\", twice")
        #expect(rows[3]["note"] as? String == "Jürgen ☃ 日本")
        #expect(rows[0]["depth"] as? Double == 0 && rows[1]["depth"] as? Double == 0.25)
        #expect(rows[0]["enabled"] as? Bool == true && rows[1]["enabled"] as? Bool == false)
        #expect(rows[0]["since"] as? String == "2026-09-21T14:13:20Z")
        #expect(rows[0]["fetched_at"] as? String == "2026-09-21T14:14:10Z")
        #expect(rows[2]["id"] as? String == "b-2")
        for key in ["note", "depth", "count", "enabled", "since", "severity"] {
            #expect(rows[2][key] is NSNull, "\(key) of a row without values")
        }
        #expect(!text.contains("\u{1B}") && rows[4]["note"] as? String == "a b[31m")
    }

    @Test("ndjson has one such object on each line")
    func lines() throws {
        let listing = try listing(5, columns: "depth")
        let lines = text { JSONOutput.print(listing, .lines, to: &$0) }.split(separator: "\n")
        #expect(lines.count == 5)
        for line in lines {
            let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(Set(row?.keys ?? [:].keys) == ["backend", "kind", "id", "name", "fetched_at", "depth"])
        }
    }

    @Test("csv is read back as it was by RFC 4180")
    func csv() throws {
        let listing = try listing(6)
        let rows = try RFC4180.rows(text { CSVOutput.print(listing, to: &$0) })
        #expect(
            rows[0] == [
                "backend", "kind", "id", "name", "fetched_at", "note", "depth", "count", "enabled", "since",
                "severity",
            ])
        #expect(rows.count == 7 && rows.allSatisfy { $0.count == 11 })
        #expect(
            rows[2] == [
                "sea", "buoy", "b-1", "buoy 1", "2026-09-21T14:14:10Z", "say \"hi\", twice", "0.25", "1",
                "false",
                "2026-09-21T14:13:20Z", "ok",
            ])
        #expect(rows[3][5...] == ["", "", "", "", "", ""])
        let chosen = try self.listing(3, columns: "id,note")
        #expect(try RFC4180.rows(text { CSVOutput.print(chosen, to: &$0) })[0] == ["id", "note"])
    }

    @Test("yaml has the objects of json: nothing in it is taken for something else")
    func yaml() throws {
        let (six, none) = (try listing(6), try listing(0))
        let text = text { YAMLOutput.print(six, to: &$0) }
        let rows =
            text.components(separatedBy: "- \"backend\"").count
            + text.components(separatedBy: "- backend:").count
        #expect(rows == 8, "\(text)")
        #expect(text.hasPrefix("- backend: sea\n  kind: buoy\n  id: b-0\n  name: \"buoy 0\"\n"))
        for line in [
            "  note: \"say \\\"hi\\\", twice\"\n", "  depth: 0.25\n", "  enabled: true\n", "  since: null\n",
            "  since: \"2026-09-21T14:13:20Z\"\n", "  note: \"Jürgen ☃ 日本\"\n",
        ] { #expect(text.contains(line), "\(line)") }
        func written(_ text: String) -> String {
            var bytes: [UInt8] = []
            ValueFormat.yaml.append(text, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        for word in [
            "yes", "No", "NULL", "~", "1e3", "0x1f", "2026-09-21", "a: b", "-", "", "on", "#x", "a #b",
        ] {
            #expect(written(word).hasPrefix("\"") && written(word).hasSuffix("\""), "\(word)")
        }
        #expect(written("te0/1.5_x-y") == "te0/1.5_x-y" && written("x\u{FFFF}") == "\"x\\uFFFF\"")
        var bytes: [UInt8] = []
        ValueFormat.yaml.append(1e-9, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "1.0e-09")
        #expect(self.text { YAMLOutput.print(none, to: &$0) } == "[]\n")
    }

    @Test("states of parts are a list in json and yaml, and words with blanks between them in csv")
    func lists() throws {
        let resource = ResourceDescriptor(
            "raft", plural: "rafts", pane: nil,
            fields: [Field(.name, "Name", .text), Field("legs", "Legs", .states)], interval: 60)
        var builder = TableBuilder(resource, BackendID(0))
        for (number, legs) in ["down up", "up", nil].enumerated() {
            builder.begin(EntityRef(BackendID(0), "raft", id: Int64(number)))
            if let legs { builder.set(1, text: legs) }
        }
        let listing = try listing([builder.finish()], columns: "id,legs")
        let json = text { JSONOutput.print(listing, .array, to: &$0) }
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows[0]["legs"] as? [String] == ["down", "up"] && rows[1]["legs"] as? [String] == ["up"])
        #expect(rows[2]["legs"] is NSNull)
        #expect(text { YAMLOutput.print(listing, to: &$0) }.contains("  legs: [down, up]\n"))
        #expect(text { CSVOutput.print(listing, hasTitles: false, to: &$0) }.hasPrefix("0,down up\r\n"))
    }

    @Test("names are what commands take, and titles can be left out")
    func names() throws {
        let listing = try listing(2, columns: "id,depth")
        #expect(text { NameOutput.print(listing, to: &$0) } == "buoy/b-0\nbuoy/b-1\n")
        #expect(
            text { TableOutput.print(listing, width: nil, isColored: false, hasTitles: false, to: &$0) }
                == "b-0     0\nb-1  0.25\n")
    }

    @Test("get sorts as the pane of these rows does")
    func order() throws {
        let alerts = AdapterRegistry.all.flatMap(\.sample.resources).filter { $0.kind == .alert }
        let pane = try #require(Pane.all(for: alerts).first { $0.name == .alerts })
        #expect(RowChoice.order(of: alerts) == pane.order && pane.order.count > 1)
    }

    @Test("many rows leave in pieces of a pipe's size, all of them")
    func manyRows() throws {
        let listing = try listing(6_000)
        for print in [
            { JSONOutput.print(listing, .lines, to: &$0) }, { CSVOutput.print(listing, to: &$0) },
            { TableOutput.print(listing, width: nil, isColored: false, to: &$0) },
        ] as [(inout OutputBuffer) -> Void] {
            let pieces = pieces(print)
            #expect(pieces.count > 4)
            #expect(pieces.allSatisfy { $0.count < 1 << 17 })
            let lines = pieces.joined().count { $0 == UInt8(ascii: "\n") }
            #expect(lines == 6_000 || lines == 6_001)
        }
    }

    @Test("a table fits the terminal, is coloured only there, and has no blanks at line ends")
    func table() throws {
        let listing = try listing(6, columns: "id,note,depth,severity")
        let plain = text { TableOutput.print(listing, width: nil, isColored: false, to: &$0) }
        #expect(!plain.contains("\u{1B}"))
        #expect(
            plain.hasPrefix("ID   NOTE             DEPTH  SEVERITY\nb-0  plain                0  critical\n"))
        let lines = text { TableOutput.print(listing, width: 24, isColored: true, to: &$0) }
            .split(separator: "\n")
        #expect(lines[1].contains("\u{1B}[1;31mcritical\u{1B}[0m") || lines.allSatisfy { $0.count <= 24 })
        #expect(lines.allSatisfy { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "").count <= 24 && $0.last != " " })
    }

    @Test("the worst severity is that of the rows that are printed")
    func worst() throws {
        #expect(try listing(6).verdict?.worst == .critical)
        #expect(FieldCatalogue().kinds.contains { $0.plural == "alerts" })
    }

    @Test("a status that nobody said is no better than any other: it is counted apart and never fine")
    func unknownStatus() throws {
        let resource = ResourceDescriptor(
            .device, plural: "devices", pane: .devices,
            fields: [Field(.name, "Name", .text), Field(.status, "Status", .state)], interval: 60)
        func verdict(_ words: [String]) throws -> Listing.Verdict? {
            var builder = TableBuilder(resource, BackendID(0))
            for (number, word) in words.enumerated() {
                builder.begin(EntityRef(BackendID(0), .device, id: Int64(number)))
                builder.set(1, text: word)
            }
            return try listing([builder.finish()]).verdict
        }
        #expect(try verdict(["up", "ignored", "disabled", "unmonitored"])?.unknown == 0)
        #expect(try verdict(["up", "unknown", "bewildered"])?.unknown == 2)
        #expect(try verdict(["up", "degraded"])?.worst == .warning)
        #expect(try verdict(["up", "down", "unknown"])?.worst == .critical)
        #expect(try verdict(["up", "up"])?.unknown == 0)
    }
}

/// Comma-separated values as RFC 4180 defines them, and nothing more lenient.
enum RFC4180 {
    struct Violation: Error { let place: Int }

    static func rows(_ text: String) throws -> [[String]] {
        let bytes = Array(text.utf8)
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var place = 0
        while place < bytes.count {
            field = []
            if bytes[place] == UInt8(ascii: "\"") {
                place += 1
                while true {
                    guard place < bytes.count else { throw Violation(place: place) }
                    if bytes[place] == UInt8(ascii: "\"") {
                        place += 1
                        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { break }
                    }
                    field.append(bytes[place])
                    place += 1
                }
            } else {
                while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != 13 {
                    guard bytes[place] != UInt8(ascii: "\""), bytes[place] != 10 else {
                        throw Violation(place: place)
                    }
                    field.append(bytes[place])
                    place += 1
                }
            }
            row.append(String(decoding: field, as: UTF8.self))
            guard place < bytes.count else { throw Violation(place: place) }
            if bytes[place] == UInt8(ascii: ",") {
                place += 1
                continue
            }
            guard bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] == 10 else {
                throw Violation(place: place)
            }
            place += 2
            rows.append(row)
            row = []
        }
        return rows
    }
}
