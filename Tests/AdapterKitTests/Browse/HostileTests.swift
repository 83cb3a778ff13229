import Domain
import HTTP
import Testing

@testable import AdapterKit

@Suite("Browse: hostile answers")
struct BrowseHostileTests {
    @Test(
        "a list that is no list is shown as what it is",
        arguments: [
            "{\"count\": 2, \"next\": null, \"results\": {\"a\": 1}}", "{\"results\": \"none\"}", "\"none\"",
            "7", "null", "{}",
        ])
    func noList(body: String) async throws {
        let browsed = try await PretendedAPI(body).browser.browse(PretendedAPI.things)
        #expect(browsed.table == nil)
        #expect(browsed.detail != nil)
    }

    @Test("what is no JSON is an error in words", arguments: ["", "<html>", "[{\"id\": 1}, {\"id\""])
    func noJSON(body: String) async throws {
        do throws(BackendError) {
            _ = try await PretendedAPI(body).browser.browse(PretendedAPI.things)
            Issue.record("\(body) was shown")
        } catch {
            #expect(!error.words.isEmpty)
        }
    }

    @Test("a list of lists, of nothing and of words has a row for each")
    func mixed() async throws {
        let body = "[null, 7, \"word\", [1, 2], {\"id\": 5, \"name\": \"five\"}, {}, []]"
        let table = try #require(try await PretendedAPI(body).browser.browse(PretendedAPI.things).table)
        #expect(table.count == 7)
        #expect(Set(table.refs).count == 7)
    }

    @Test("an object of 5 MB is shown, and so is its raw answer")
    func large() async throws {
        let text = String(repeating: "x", count: 1_000)
        let members = (0..<5_000).map { "\"field \($0)\": \"\(text)\"" }.joined(separator: ",")
        let browser = PretendedAPI("{\"id\": 1, \(members)}").browser
        let place = PretendedAPI.place("/v1/things/1/")
        let detail = try #require(try await browser.browse(place).detail)
        #expect(detail.lines.count > 5_000)
        #expect(try await browser.raw(place).body.count == 5_003)
    }

    /// An object with a secret in the innermost of its levels.
    private static func nested(_ levels: Int) -> String {
        String(repeating: "{\"inner\": ", count: levels) + "{\"password\": \"hunter2\"}"
            + String(repeating: "}", count: levels)
    }

    @Test("200 levels are refused in words, and 100 are opened one by one")
    func deep() async throws {
        let place = PretendedAPI.place("/v1/things/1/")
        do throws(BackendError) {
            _ = try await PretendedAPI(Self.nested(200)).browser.browse(place)
            Issue.record("200 levels were shown")
        } catch {
            #expect(error.words.contains("128"), "\(error.words)")
        }
        let browser = PretendedAPI(Self.nested(100)).browser
        var at = place
        for _ in 0..<100 {
            let lines = try await browser.children(of: at)
            guard case .ref(let inner, _) = try #require(lines.first).value else { break }
            at = inner
        }
        #expect(try await browser.children(of: at).map(\.value) == [.text("•••")])
    }

    @Test(
        "JSON that can't be read is not shown raw as text, since its secrets would be",
        arguments: ["text/html", "text/plain", "application/json", ""])
    func rawUnreadable(type: String) async throws {
        for body in [Self.nested(200), "{\"password\": \"hunter2\"", " \n[{\"psk\": \"hunter2\"},"] {
            let api = PretendedAPI { (_) throws(BackendError) in
                Response(status: 200, headers: [Header("Content-Type", type)], body: Body(body.utf8))
            }
            let raw = try await api.browser.raw(PretendedAPI.place("/v1/things/1/"))
            #expect(!raw.body.joined().contains("hunter2"))
            #expect(raw.body.count == 1)
            #expect(raw.body.first?.isEmpty == false)
            #expect(raw.head.first == "status 200")
        }
    }

    @Test("a field that is a number in one row and an object in the next keeps both")
    func changing() async throws {
        let body = """
            [{"id": 1, "owner": 7}, {"id": 2, "owner": {"name": "Ada", "id": 9}}, {"id": 3, "owner": [1, 2]},
             {"id": 4, "owner": null}, {"id": 5}, {"id": 6, "owner": true}, {"id": 7, "owner": 1.5}]
            """
        let table = try #require(try await PretendedAPI(body).browser.browse(PretendedAPI.things).table)
        #expect(table.count == 7)
        let owners = (0..<7).map { table.text($0, "owner") }
        #expect(owners == ["7", "Ada", "1, 2", "", "", "yes", "1.5"])
    }

    @Test("fields named like nocturne's own, or like each other, are columns of their own")
    func names() async throws {
        let body =
            "[{\"id\": 1, \"backend\": \"a\", \"path\": \"b\", \"Name\": \"c\", \"name\": \"d\", \"\": \"e\"}]"
        let table = try #require(try await PretendedAPI(body).browser.browse(PretendedAPI.things).table)
        let keys = table.resource.fields.map(\.key.rawValue)
        #expect(Set(keys).count == keys.count)
        #expect(!keys.contains("backend") && !keys.contains("path"))
        #expect(keys.count == 6)
    }

    @Test("control characters of names and values reach no cell, line or title")
    func control() async throws {
        let body = "[{\"id\": 1, \"na\\u001b[2Jme\": \"a\\u001b]0;x\\u0007b\", \"name\": \"\\u202egnp.exe\"}]"
        let browser = PretendedAPI(body).browser
        let table = try #require(try await browser.browse(PretendedAPI.things).table)
        var shown = table.resource.fields.map(\.title) + table.resource.fields.map(\.key.rawValue)
        shown += table.resource.fields.map { table.text(0, $0.key) }
        shown += try await browser.children(of: PretendedAPI.place("/v1/things/#/0")).map(\.name)
        shown += try await browser.raw(PretendedAPI.things).body
        for text in shown {
            let isClean = text.unicodeScalars.allSatisfy {
                $0.value >= 32 && $0.value != 127 && $0.value != 0x202e
            }
            #expect(isClean, "\(text.debugDescription)")
        }
    }

    @Test(
        "a file is called by a name without a path, whatever the server suggests",
        arguments: [
            ("../../x", "x"), ("\"..\\\\..\\\\evil.zip\"", "evil.zip"),
            ("\"a\u{1b}[2Jb\u{7}.zip\"", "a2Jb.zip"),
            ("\".bashrc\"", "bashrc"), ("\"/etc/passwd\"", "etcpasswd"), ("\"..\"", "file.zip"),
            ("\"\"", "file.zip"), ("\"backup 7.zip\"; size=3", "backup 7.zip"),
            ("\"\u{202e}piz.exe\"", "piz.exe"),
        ])
    func fileName(given: String, wanted: String) async throws {
        let api = PretendedAPI { (_) throws(BackendError) in
            Response(
                status: 200,
                headers: [
                    Header("Content-Type", "application/zip"),
                    Header("Content-Disposition", "attachment; filename=\(given)"),
                ], body: Body("PK\u{3}\u{4}".utf8))
        }
        let file = try #require(
            try await api.browser.browse(PretendedAPI.place("/v1/things/1/file/")).file)
        #expect(file.name == wanted)
        #expect(file.bytes == Array("PK\u{3}\u{4}".utf8))
        let long = String(repeating: "n", count: 5_000)
        let other = PretendedAPI { (_) throws(BackendError) in
            Response(
                status: 200,
                headers: [
                    Header("Content-Type", "application/zip"),
                    Header("Content-Disposition", "attachment; filename=\(long)"),
                ], body: Body([]))
        }
        let named = try await other.browser.browse(PretendedAPI.place("/v1/things/1/file/")).file
        #expect((named?.name.count ?? 999) <= 100)
    }
}
