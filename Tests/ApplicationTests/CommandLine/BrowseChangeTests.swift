import AdapterKit
import Domain
import Foundation
import Testing

@testable import Simulator
@testable import nocturne

@Suite("browse changes any path of an API as every command does", .timeLimit(.minutes(15)))
struct BrowseChangeTests {
    private static let route = ["--set", "network=192.0.2.0/24", "--set", "gateway=10.0.0.1"]

    @Test("a dry run prints what would be sent, and nothing arrives")
    func dryRun() async throws {
        try await withBrowse { browse in
            let lines: [([String], String)] = [
                (["/v3/bonds/1/routes/"] + Self.route, "POST "),
                (["/v3/spaces/1/", "--set", "crm_id=4711"], "PATCH "),
                (["/v3/spaces/1/", "--set", "crm_id=4711", "--replace"], "PUT "),
                (["/v3/bonds/1/", "--delete"], "DELETE "),
                (["/v3/bonds/1/restart/", "--run"], "POST "),
            ]
            for (words, method) in lines {
                let ending = await browse.run(words: ["bonds"] + words + ["--dry-run"])
                #expect(ending.code == .fine, "\(words): \(ending.text)")
                #expect(ending.output.contains("a dry run: nothing is sent\n"))
                #expect(ending.output.contains("\n\(method)http"), "\(words): \(ending.output)")
            }
            #expect(browse.commands.isEmpty && browse.line.record.isEmpty)
        }
    }

    @Test("what is not confirmed is refused, and nothing arrives")
    func unconfirmed() async throws {
        try await withBrowse { browse in
            let create = await browse.run(words: ["bonds", "/v3/bonds/1/routes/"] + Self.route)
            #expect(create.code == .refused && create.complaint.contains("add --yes"), "\(create.text)")
            let delete = await browse.run("bonds", "/v3/bonds/1/", "--delete", "--yes")
            #expect(delete.code == .refused && delete.complaint.contains("add --confirm "), "\(delete.text)")
            let wrong = await browse.run("bonds", "/v3/bonds/1/", "--delete", "--confirm", "nonsense")
            #expect(wrong.code == .refused, "\(wrong.text)")
            #expect(browse.commands.isEmpty && browse.line.record.isEmpty)
        }
    }

    @Test("what is made in a collection arrives once, is read back and is in the record")
    func create() async throws {
        try await withBrowse { browse in
            let ending = await browse.run(words: ["bonds", "/v3/bonds/1/routes/"] + Self.route + ["--yes"])
            #expect(ending.code == .fine && ending.output.contains("(verified)"), "\(ending.text)")
            #expect(browse.commands.map(\.line) == ["POST /api/v3/bonds/1/routes/"])
            #expect(browse.line.record.contains("create-resource"))
            let routes = await browse.run("bonds", "/v3/bonds/1/routes/", "-o", "json")
            #expect(routes.rows.contains { $0["network"] as? String == "192.0.2.0/24" }, "\(routes.text)")
        }
    }

    @Test("a change sends the field that was changed and no other; what is so already is skipped")
    func change() async throws {
        try await withBrowse { browse in
            let ending = await browse.run("bonds", "/v3/spaces/1/", "--set", "crm_id=4711", "--yes")
            #expect(ending.code == .fine && ending.output.contains("(verified)"), "\(ending.text)")
            #expect(browse.commands.map(\.line) == ["PATCH /api/v3/spaces/1/"])
            #expect(browse.commands.first?.text == #"{"crm_id":"4711"}"#)
            let again = await browse.run("bonds", "/v3/spaces/1/", "--set", "crm_id=4711", "--yes")
            #expect(again.code == .fine && again.output.contains("(skipped)"), "\(again.text)")
            let emptied = await browse.run(
                "bonds", "/v3/spaces/1/", "--unset", "crm_id", "--yes", "-o", "json")
            #expect(emptied.rows.first?["outcome"] as? String == "verified", "\(emptied.text)")
            #expect(browse.commands.count == 2)
        }
    }

    @Test("the whole object is written by PUT with what was changed in it")
    func replace() async throws {
        try await withBrowse { browse in
            let ending = await browse.run(
                "bonds", "/v3/spaces/1/", "--replace", "--set", "crm_id=4711", "--yes")
            #expect(ending.code == .fine && ending.output.contains("(verified)"), "\(ending.text)")
            let sent = try #require(browse.commands.first)
            #expect(browse.commands.count == 1 && sent.method == "PUT")
            #expect(sent.text.contains(#""crm_id":"4711""#) && sent.text.contains(#""key":"#), "\(sent.text)")
        }
    }

    @Test("a body is sent as it was given, from the line and from a file")
    func body() async throws {
        try await withBrowse { browse in
            let line = await browse.run(
                "bonds", "/v3/spaces/1/", "--data", #"{"crm_id":"a-1"}"#, "--yes")
            #expect(line.code == .fine && line.output.contains("(verified)"), "\(line.text)")
            try browse.line.directory.write(
                #"{"network":"192.0.2.0/24","gateway":"10.0.0.1"}"#, to: "route.json", permissions: 0o644)
            let file = await browse.run(
                "bonds", "/v3/bonds/1/routes/", "--data", "@\(browse.line.directory.path)/route.json", "--yes"
            )
            #expect(file.code == .fine && file.output.contains("(verified)"), "\(file.text)")
            #expect(browse.commands.map(\.method) == ["PATCH", "POST"])
            let broken = await browse.run("bonds", "/v3/spaces/1/", "--data", "{", "--yes")
            #expect(broken.code == .usage && broken.complaint.contains("no JSON"), "\(broken.text)")
            #expect(browse.commands.count == 2)
        }
    }

    @Test("what deletes needs the name, arrives once and is verified when it is gone")
    func delete() async throws {
        try await withBrowse { browse in
            _ = await browse.run(words: ["bonds", "/v3/bonds/1/routes/"] + Self.route + ["--yes"])
            let rows = await browse.run(
                "bonds", "/v3/bonds/1/routes/", "-o", "json", "--filter", "network:192.0.2.0"
            ).rows
            let path = try #require(rows.first?["path"] as? String)
            let asked = await browse.run("bonds", path, "--delete")
            let name = try #require(asked.complaint.split(separator: "--confirm ").last)
            let ending = await browse.run(
                "bonds", path, "--delete", "--confirm", name.trimmingCharacters(in: ["'"]))
            #expect(ending.code == .fine && ending.output.contains("(verified)"), "\(ending.text)")
            #expect(browse.commands.map(\.method) == ["POST", "DELETE"])
            let gone = await browse.run("bonds", path)
            #expect(gone.code == .usage)
        }
    }

    @Test("an operation runs once when it is told to, and only looking at it says what it is")
    func operation() async throws {
        try await withBrowse { browse in
            let look = await browse.run("bonds", "/v3/bonds/1/detect_leg_mtus/")
            #expect(
                look.code == .fine && look.output.contains("POST /v3/bonds/1/detect_leg_mtus/"),
                "\(look.text)")
            #expect(browse.commands.isEmpty)
            let asked = await browse.run("bonds", "/v3/bonds/1/detect_leg_mtus/", "--run")
            #expect(asked.code == .refused)
            let confirm =
                asked.complaint.contains("--confirm")
                ? ["--confirm", "/v3/bonds/1/detect_leg_mtus/"] : ["--yes"]
            let ending = await browse.run(
                words: ["bonds", "/v3/bonds/1/detect_leg_mtus/", "--run"] + confirm)
            #expect(ending.code == .fine, "\(ending.text)")
            #expect(browse.commands.map(\.line) == ["POST /api/v3/bonds/1/detect_leg_mtus/"])
            // What is read is no operation: its first method would write all of it.
            let object = await browse.run("bonds", "/v3/spaces/1/", "--run", "--yes")
            #expect(
                object.code == .usage && object.complaint.contains("it is no operation"), "\(object.text)")
            #expect(browse.commands.count == 1)
        }
    }

    @Test("where nothing may be changed, nothing is sent and the status is 3")
    func readOnly() async throws {
        try await withBrowse(isReadOnly: true) { browse in
            for words in [
                ["/v3/bonds/1/routes/"] + Self.route + ["--yes"],
                ["/v3/spaces/1/", "--set", "crm_id=1", "--yes"],
                ["/v3/bonds/1/", "--delete", "--confirm", "x"],
                ["/v3/bonds/1/restart/", "--run", "--confirm", "x"],
            ] {
                let ending = await browse.run(words: ["bonds"] + words)
                #expect(ending.code == .refused && ending.complaint.contains("read-only"), "\(ending.text)")
            }
            #expect(browse.commands.isEmpty && browse.line.record.isEmpty)
        }
    }

    @Test("what the server has no field or method for is refused in words, and nothing arrives")
    func unknown() async throws {
        try await withBrowse { browse in
            let cases: [([String], String)] = [
                (["/v3/spaces/1/", "--set", "crm_idd=1"], "did you mean \"crm_id\"?"),
                (["/v3/spaces/1/", "--set", "crm_id"], "--set takes NAME=VALUE"),
                (["/v3/spaces/1/", "--set", "crm_id=1", "--unset", "crm_id"], "crm_id is given twice"),
                (["/v3/bonds/1/routes/", "--set", "network=192.0.2.0/24"], "gateway has to be given"),
                (
                    ["/v3/bonds/1/routes/", "--set", "enabled=perhaps", "--set", "network=x"],
                    "enabled is one of yes, no"
                ),
                (["/v3/permissions/", "--set", "a=1"], "it is only read"),
                (["/v3/bonds/1/legs/", "--create"], "nothing can be made there"),
                (["/v3/spaces/", "--delete"], "it can't be deleted there"),
            ]
            for (words, complaint) in cases {
                let ending = await browse.run(words: ["bonds"] + words + ["--yes"])
                #expect(ending.code == .usage, "\(words): \(ending.text)")
                #expect(ending.complaint.contains(complaint), "\(words): \(ending.complaint)")
            }
            #expect(browse.commands.isEmpty && browse.line.record.isEmpty)
        }
    }

    @Test("what the server finds wrong names the field")
    func invalid() async throws {
        try await withBrowse { browse in
            let ending = await browse.run(
                "bonds", "/v3/bonds/1/routes/", "--set", "network=nonsense", "--set", "gateway=10.0.0.1",
                "--yes")
            #expect(ending.code == .commandFailed, "\(ending.text)")
            #expect(ending.output.contains("network: "), "\(ending.text)")
            #expect(!ending.output.contains("does not say what it made"), "\(ending.text)")
            #expect(browse.commands.count == 1)
        }
    }

    @Test("a secret is taken from a variable alone, and is in no output and no record")
    func secrets() async throws {
        try await withBrowse { browse in
            let list = await browse.run("bonds", "/v3/mobileproviderprofiles/", "-o", "json")
            let path = try #require(list.rows.first?["path"] as? String, "\(list.text)")
            for words in [
                ["--set", "password=s3cret-apn-new"], ["--data", #"{"password":"s3cret-apn-new"}"#],
            ] {
                let ending = await browse.run(words: ["bonds", path] + words + ["--yes"])
                #expect(
                    ending.code == .usage && ending.complaint.contains("others can read"), "\(ending.text)")
                #expect(!ending.text.contains("s3cret"))
            }
            #expect(browse.commands.isEmpty)
            let dry = await browse.run(
                "bonds", path, "--set-env", "password=APN_PASSWORD", "--dry-run")
            #expect(dry.code == .fine && !dry.text.contains("s3cret"), "\(dry.text)")
            let ending = await browse.run("bonds", path, "--set-env", "password=APN_PASSWORD", "--yes")
            #expect(ending.code == .fine && !ending.text.contains("s3cret"), "\(ending.text)")
            #expect(browse.commands.map(\.text) == [#"{"password":"s3cret-apn-new"}"#])
            #expect(!browse.line.record.isEmpty && !browse.line.record.contains("s3cret"))
            #expect(!browse.line.log.all.contains { $0.contains("s3cret") })
            let missing = await browse.run("bonds", path, "--set-env", "password=NOPE", "--yes")
            #expect(missing.code == .usage && missing.complaint.contains("NOPE"))
            #expect(browse.commands.count == 1)
        }
    }

    @Test("what acts by GET runs as a command and takes no fields")
    func actsByGet() async throws {
        try await withBrowse { browse in
            let rows = await browse.run("access", "/v2/isp/cpes/", "-o", "json", "--limit", "1").rows
            let path = try #require(rows.first?["path"] as? String) + "reboot/"
            let fields = await browse.run("access", path, "--set", "force=1", "--yes")
            #expect(fields.code == .usage && fields.complaint.contains("takes no fields"), "\(fields.text)")
            let dry = await browse.run("access", path, "--run", "--dry-run")
            #expect(dry.code == .fine && dry.output.contains("\nGET http"), "\(dry.text)")
            #expect(!browse.access.arrivals().contains { $0.path.hasSuffix("/reboot/") })
        }
    }
}
