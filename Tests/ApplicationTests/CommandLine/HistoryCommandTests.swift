import Audit
import Domain
import Foundation
import History
import Testing

@testable import nocturne

@Suite("What nocturne history prints")
struct HistoryCommandTests {
    private let directory: TemporaryDirectory
    private let store: SQLiteHistory
    private let log: AuditLog

    init() throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        store = SQLiteHistory(path: directory.path + "/history.sqlite") { Timestamp(1_000) }
        log = AuditLog(
            path: directory.path + "/audit.jsonl",
            identity: AuditIdentity(user: "jk", host: "noc1", client: nil, process: 1),
            now: { Timestamp(5_000) })
        _ = try store.record([
            change(.device, "17", "edge\u{202E}1", "down", at: 100),
            change(.alert, "9", "port down", "open", at: 200),
            change(.alert, "9", "port down", "acknowledged", at: 300, note: "say \"hi\", twice"),
        ])
        let lines = [
            #"{"record":"command","id":"a1","time":"1970-01-01T00:05:00Z","user":"jk","host":"noc1","process":1,"backend":"core","command":"acknowledge","tier":0,"entities":[{"kind":"alert","id":"9","name":"port down"}],"arguments":{"note":"on it"},"requests":[]}"#,
            #"{"record":"result","id":"a1","time":"1970-01-01T00:05:01Z","outcomes":[{"kind":"alert","id":"9","state":"verified","words":"it is acknowledged"}]}"#,
        ]
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: directory.path + "/audit.jsonl", atomically: true, encoding: .utf8)
    }

    private func change(
        _ kind: ResourceKind, _ id: String, _ name: String, _ after: String, at seen: Int64, note: String = ""
    ) -> StateChange {
        StateChange(
            EntityName(backend: "core", kind: kind, id: id), name: name,
            device: kind == .alert ? "edge1" : "", before: "up", after: after, severity: .critical,
            seenAt: Timestamp(seen), note: note)
    }

    private func lines(_ entity: String?) throws -> [HistoryLine] {
        let subject = try entity.map { try HistorySubject($0, in: store) } ?? HistorySubject()
        let found = try store.recall(HistoryQuery(subject.query, since: Timestamp(0)))
        return HistoryLine.all(found.changes, try log.entries(), of: subject, since: Timestamp(0))
    }

    private func short(_ entity: String?) throws -> [String] {
        try lines(entity).map { "\($0.record.rawValue) \($0.change.after)" }
    }

    @Test("changes, commands and their results are in one order")
    func order() throws {
        let alert = ["change open", "command acknowledge", "change acknowledged", "result verified"]
        #expect(try short(nil) == ["change down"] + alert)
        #expect(try short("core:alert/9") == alert)
        #expect(try short("alerts/9") == alert)
        #expect(try short("edge:alert/9") == [])
        #expect(try short("edge1") == ["change open", "change acknowledged"])
        #expect(try short("port down") == alert)
        #expect(try short("nothing/there") == [])
    }

    @Test("JSON, YAML and CSV have exact times and every field; nothing of it is an escape")
    func formats() throws {
        func printed(_ print: (Listing, inout OutputBuffer) -> Void, isForEyes: Bool = false) throws -> String
        {
            let listing = try HistoryLine.listing(try lines(nil), isForEyes: isForEyes, now: Timestamp(1_000))
            var bytes: [UInt8] = []
            var buffer = OutputBuffer { bytes += $0 }
            print(listing, &buffer)
            return String(decoding: bytes, as: UTF8.self)
        }
        let json = try printed { JSONOutput.print($0, .array, to: &$1) }
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.count == 5)
        #expect(rows[0]["seen_at"] as? String == "1970-01-01T00:01:40Z")
        #expect(rows[0]["said_at"] is NSNull)
        #expect(rows[2]["record"] as? String == "command" && rows[2]["by"] as? String == "jk@noc1")
        #expect(rows[2]["severity"] is NSNull)
        #expect(rows[3]["note"] as? String == "say \"hi\", twice")
        let csv = try printed { CSVOutput.print($0, to: &$1) }
        #expect(csv.hasPrefix("seen_at,said_at,last_seen_before,record,backend,kind,id,name,"))
        #expect(csv.contains(#""say ""hi"", twice""#))
        let table = try printed(
            {
                TableOutput.print($0, width: 100, isColored: false, to: &$1)
            }, isForEyes: true)
        #expect(table.hasPrefix("WHEN"))
        #expect(table.split(separator: "\n").count == 6)
        #expect(!table.contains("\u{202E}"))
    }

    @Test("the export is a line of JSON per change, with the offset of local time")
    func export() throws {
        var bytes: [UInt8] = []
        var buffer = OutputBuffer { bytes += $0 }
        try HistoryExport.print(store, since: Timestamp(150), to: &buffer)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines {
            let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let seen = try #require(row["seen_at"] as? String)
            #expect(seen.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/) != nil, "\(seen)")
        }
    }

    @Test(
        "--since takes spans and moments",
        arguments: [
            ("8h", 1_000_000 - 28_800), ("90m", 1_000_000 - 5_400), ("1.5d", 1_000_000 - 129_600), ("", nil),
            ("yesterday", nil), ("-8h", nil), ("8", nil), ("1e99d", nil),
        ] as [(String, Int64?)])
    func since(text: String, seconds: Int64?) {
        let found = HistoryTime.moment(text, now: Timestamp(1_000_000), offset: 0)
        #expect(found?.seconds == seconds)
    }

    @Test("a moment is the one that is printed")
    func moment() {
        let moment = Timestamp(1_790_000_040)
        let text = HistoryTime.text(moment)
        #expect(HistoryTime.moment(text, now: Timestamp(0), offset: 0) == moment)
        #expect(
            HistoryTime.moment(
                String(text.dropLast(3)).replacing(" ", with: "T"), now: Timestamp(0), offset: 0)
                == moment)
    }
}
