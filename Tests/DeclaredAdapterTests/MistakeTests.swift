import AdapterKit
import Configuration
import DeclaredAdapter
import Domain
import HTTP
import Presets
import Testing

@Suite("Declared adapters: mistakes in files")
struct MistakeTests {
    private static let good = """
        title = "Mine"
        [server]
        path = "/version"
        expect = "/version"
        [[resource]]
        kind = "alert"
        plural = "alerts"
        path = "/alerts"
        rows = "/alerts"
        id = "{/id}"
        [[resource.field]]
        key = "name"
        from = "/title"
        [[command]]
        kind = "acknowledge"
        targets = ["alert"]
        tier = "harmless"
        effect = "It is silent."
        summary = "Acknowledge {name}"
        step = [{ method = "POST", path = "/alerts/{id}/ack" }]
        verify = { at = "/acked", is = ["true"], words = "it is acknowledged" }
        """

    @Test("a file without a mistake has no complaint")
    func good() { #expect(adapterFile(Self.good).complaints == []) }

    @Test(
        "each mistake is told with its line, its column and what to do",
        arguments: [
            (#"title = "Mine""#, #"titel = "Mine""#, "1:1", #"did you mean "title""#),
            (#"title = "Mine""#, "title = 7", "1:9", "title is a text"),
            (#"path = "/version""#, #"path = "version""#, "3:8", "path begins with a slash"),
            (#"rows = "/alerts""#, #"rows = "alerts""#, "9:8", "begins with a slash"),
            (#"rows = "/alerts""#, "", "5:", "needs rows"),
            (#"id = "{/id}""#, #"id = "{/id""#, "10:6", "a brace is not closed"),
            (#"id = "{/id}""#, #"id = "/id""#, "10:6", #"is the same for all rows: write "{/id}""#),
            (#"id = "{/id}""#, #"id = "{identity}""#, "10:6", "{identity} is no place to fill in"),
            (#"from = "/title""#, #"form = "/title""#, "13:1", #"did you mean "from""#),
            (#"key = "name""#, #"key = "title""#, "5:", "rows are called by the field"),
            (#"targets = ["alert"]"#, #"targets = ["alerts"]"#, "16:11", #"did you mean "alert""#),
            (#"tier = "harmless""#, #"tier = "none""#, "17:8", "tier is"),
            (#"method = "POST""#, #"method = "GET""#, "20:20", "method is"),
            ("/alerts/{id}/ack", "/alerts/{number}/ack", "20:35", "nothing fills {number}"),
            (#"is = ["true"], "#, "", "21:17", "a condition has one of"),
            ("Acknowledge {name}", "Acknowledge {form.why}", "14:", #"form asks for no "why""#),
            (
                #"from = "/title""#, #"from = ["/title", "/snmp/community"]"#, "13:8",
                "\"community\" holds a secret"
            ),
            ("Acknowledge {name}", "Acknowledge {/api_token}", "19:11", "\"api_token\" holds a secret"),
            (
                #"id = "{/id}""#, #"id = "{text}""#, "10:6",
                "{text} is filled in at query and with of a search"
            ),
        ])
    func mistakes(old: String, new: String, place: String, words: String) throws {
        let read = adapterFile(Self.good.replacing(old, with: new))
        #expect(read.description == nil)
        let told = read.complaints.map(\.description)
        #expect(told.contains { $0.hasPrefix("mine.toml:\(place)") && $0.contains(words) }, "\(told)")
    }

    @Test(
        "what would change the method or the path behind the gate's back is refused wherever it stands",
        arguments: [
            (
                #"path = "/alerts/{id}/ack""#, #"path = "/alerts/{id}/ack", query = { _method = "DELETE" }"#,
                "20:"
            ),
            (
                #"path = "/alerts/{id}/ack""#, #"path = "/alerts/{id}/ack", body = { _METHOD = "DELETE" }"#,
                "20:"
            ),
            (
                #"path = "/alerts/{id}/ack""#,
                #"path = "/alerts/{id}/ack", body = { a = [{ ".method" = "DELETE" }] }"#, "20:"
            ),
            (
                #"path = "/alerts/{id}/ack""#,
                #"path = "/alerts/{id}/ack", body = { a = { each = "/b", make = { _method = "{value}" } } }"#,
                "20:"
            ),
            (#"rows = "/alerts""#, "rows = \"/alerts\"\nquery = { _Method = \"DELETE\" }", "10:"),
            (
                #"rows = "/alerts""#, "rows = \"/alerts\"\nquery = { X-HTTP-Method-Override = \"DELETE\" }",
                "10:"
            ),
            (
                #"rows = "/alerts""#,
                "rows = \"/alerts\"\npaging = { style = \"offset\", size = 2, limit = \"_method\" }", "10:"
            ),
            (
                #"rows = "/alerts""#,
                "rows = \"/alerts\"\npaging = { style = \"next\", next = \"/n\", keep = [\"_method\"] }",
                "10:"
            ),
            (
                #"rows = "/alerts""#,
                "rows = \"/alerts\"\npaging = { style = \"cursor\", cursor = \"/n\", key = \"_method\" }",
                "10:"
            ),
            (
                "[server]",
                "[login]\nmethod = \"post\"\npath = \"/l\"\ntoken = \"/t\"\nbody = { _method = \"PUT\" }\n[server]",
                "6:"
            ),
            (
                "[server]", "[login]\nmethod = \"token\"\nheader = \"X-HTTP-Method-Override\"\n[server]", "4:"
            ),
        ])
    func disguises(old: String, new: String, place: String) {
        let read = adapterFile(Self.good.replacing(old, with: new))
        let told = read.complaints.map(\.description)
        #expect(read.description == nil && told.count == 1, "\(told)")
        #expect(
            told.contains { $0.hasPrefix("mine.toml:\(place)") && $0.contains("behind the gate's back") },
            "\(told)")
    }

    @Test("text that is no TOML is told with its place")
    func noTOML() { #expect(adapterFile("title = \"x\n").complaints.first?.line == 1) }

    @Test(
        "the gate admits the reads of the file, and no request of a command",
        arguments: ScriptedServer.shipped.map(\.name))
    func reads(name: String) throws {
        let description = try shipped(name)
        let reads = Set(description.reads)
        #expect(!description.commands.flatMap(\.declarations).contains { reads.contains($0) })
        #expect(description.reads.allSatisfy { $0.method == .get })
    }

    @Test("a login that a command's path would go through is refused")
    func loginAsCommand() {
        let file = Self.good.replacing(
            "[[command]]",
            with: """
                [login]
                method = "post"
                path = "/alerts/{id}/ack"
                with = { id = "1" }
                token = "/token"
                body = { user = "{user}", password = "{password}" }
                [[command]]
                """)
        #expect(
            adapterFile(file).complaints.contains { $0.words.contains("a command needs a path of its own") })
    }

    @Test("no mutation of a shipped file crashes, and each either has complaints or still lists rows")
    func mutations() async throws {
        var random = Mutations(seed: 20)
        for round in 0..<200 {
            let name = ScriptedServer.shipped[round % 3].name
            let bytes = Presets.adapters.first { $0.name == name }?.bytes ?? []
            let mutated = random.mutate(bytes)
            let read = AdapterFile(NamedFile(name: name, path: "\(name).toml", bytes: mutated))
            guard let description = read.description else {
                #expect(!read.complaints.isEmpty, "round \(round)")
                continue
            }
            let adapter = Declared.descriptor(description).make(
                ScriptedServer.settings, ScriptedServer.make(name))
            _ = try? await adapter.check()
            for resource in adapter.resources {
                guard let rows = try? await adapter.rows(resource.kind), rows.table.count > 0 else {
                    continue
                }
                _ = try? await adapter.detail(of: rows.table.refs[0])
                for command in adapter.commands {
                    _ = try? await adapter.prepare(
                        Command(command.kind, [rows.table.refs[0]], ["note": .text("x")]))
                }
            }
        }
    }
}

/// Changes files as a hand that slips does, the same in each run.
private struct Mutations {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    private mutating func next(below bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return bound > 0 ? Int((state >> 33) % UInt64(bound)) : 0
    }

    mutating func mutate(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        for _ in 0...next(below: 3) {
            let place = next(below: lines.count)
            switch next(below: 7) {
            case 0: lines.remove(at: place)
            case 1: lines.insert(lines[place], at: next(below: lines.count))
            case 2: lines.swapAt(place, next(below: lines.count))
            case 3:
                if !lines[place].isEmpty {
                    lines[place][next(below: lines[place].count)] = UInt8(next(below: 256))
                }
            case 4: if !lines[place].isEmpty { lines[place].remove(at: next(below: lines[place].count)) }
            case 5: lines[place] = lines[place].filter { $0 != UInt8(ascii: "/") }
            default:
                let words: [String] = [
                    "\"\"", "[]", "{}", "-1", "true", "\"{\"", "\"/\"", "[[1]]", "{ at = 1 }", "1e999",
                ]
                let equals = lines[place].firstIndex(of: UInt8(ascii: "=")) ?? lines[place].endIndex
                lines[place] = lines[place][..<equals] + Array("= \(words[next(below: words.count)])".utf8)
            }
            if lines.isEmpty { lines = [[]] }
        }
        return Array(lines.joined(separator: [10]))
    }
}
