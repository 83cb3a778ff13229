import AdapterKit
import ArgumentParser
import Domain
import Foundation
import Testing

@testable import Simulator
@testable import nocturne

@Suite("browse reads any path of an API", .timeLimit(.minutes(15)))
struct BrowseReadTests {
    @Test("a list is a table whose rows say where they are, and JSON and CSV hold the server's own fields")
    func list() async throws {
        try await withBrowse { browse in
            let table = await browse.run("bonds", "/v3/spaces/")
            #expect(table.code == .fine && table.complaint.isEmpty, "\(table.text)")
            #expect(table.output.hasPrefix("PATH") && table.output.contains("/v3/spaces/1/"))
            let json = await browse.run("bonds", "/v3/spaces/", "-o", "json")
            let rows = json.rows
            #expect(rows.count > 2)
            #expect(rows.allSatisfy { ($0["path"] as? String)?.hasPrefix("/v3/spaces/") == true })
            #expect(rows.allSatisfy { $0["backend"] as? String == "bonds" && $0["id"] is Int })
            let lines = await browse.run("bonds", "/v3/spaces/", "-o", "ndjson")
            #expect(lines.output.split(separator: "\n").count == rows.count)
            let csv = await browse.run("bonds", "/v3/spaces/", "-o", "csv", "--columns", "id,name")
            #expect(csv.output.hasPrefix("id,name\r\n1,"), "\(csv.output.prefix(60))")
        }
    }

    @Test(
        "a path may be written with the base path, without slashes and as a full address, and means the same",
        arguments: ["/api/v3/spaces/", "api/v3/spaces", "v3/spaces", "/v3//spaces/", "URL/api/v3/spaces"])
    func spelling(path: String) async throws {
        try await withBrowse { browse in
            let path = path.replacing("URL", with: browse.bonds.url ?? "")
            let ending = await browse.run(path, "-o", "json", "--limit", "1")
            #expect(ending.rows.first?["path"] as? String == "/v3/spaces/1/", "\(ending.text)")
            #expect(ending.rows.count == 1)
        }
    }

    @Test("an address of another server is never asked")
    func otherServer() async throws {
        try await withBrowse { browse in
            let ending = await browse.run("http://127.0.0.1:9/api/v3/spaces/")
            #expect(ending.code == .usage && ending.complaint.contains("at no configured backend"))
            #expect(browse.bonds.arrivals().isEmpty && browse.access.arrivals().isEmpty)
        }
    }

    @Test("a path that there is not proposes those that are near, and nothing is asked")
    func unknown() async throws {
        try await withBrowse { browse in
            let slip = await browse.run("bonds", "/v3/bondz/")
            #expect(
                slip.code == .usage && slip.complaint.contains("did you mean /v3/bonds/?"), "\(slip.text)")
            let below = await browse.run("bonds", "/v3/bonds/1/nothing-like-it/")
            #expect(below.complaint.contains("/v3/bonds/1/legs/"), "\(below.text)")
            let open = await browse.run("bonds", "/v3/bonds/{bond}/legs/")
            #expect(open.code == .usage && open.complaint.contains("give the bond"), "\(open.text)")
            #expect(browse.bonds.arrivals().isEmpty)
        }
    }

    @Test("an object is printed as show prints a detail, with what lies below it")
    func object() async throws {
        try await withBrowse { browse in
            let text = await browse.run("bonds", "/v3/bonds/1/")
            #expect(text.code == .fine, "\(text.text)")
            for part in [
                "Fields\n", "Sub-resources\n", "/v3/bonds/1/legs/", "Operations\n", "/v3/bonds/1/restart/",
            ] {
                #expect(text.output.contains(part), "\(part)")
            }
            let json = await browse.run("bonds", "/v3/bonds/1/", "-o", "json")
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["id"] as? String == "/v3/bonds/1/" && object?["complete"] as? Bool == true)
            let csv = await browse.run("bonds", "/v3/bonds/1/", "-o", "csv")
            #expect(csv.output.hasPrefix("section,name,value\r\nFields,url,"))
            let missing = await browse.run("bonds", "/v3/bonds/999999/")
            #expect(missing.code == .usage && missing.output.isEmpty, "\(missing.text)")
        }
    }

    @Test("what lies below an object and within an answer is reached")
    func below() async throws {
        try await withBrowse { browse in
            let legs = await browse.run("bonds", "/v3/bonds/1/legs/", "-o", "json")
            #expect(!legs.rows.isEmpty && legs.code == .fine, "\(legs.text)")
            let inner = await browse.run("bonds", "/v3/qos/1/#/classes", "-o", "json")
            #expect(inner.rows.first?["name"] as? String == "Voice", "\(inner.text)")
        }
    }

    @Test(
        "an address that the server writes under another name of its own is a link, and a path of this server"
    )
    func links() async throws {
        try await withBrowse { browse in
            let bond = await browse.run("bonds", "/v3/bonds/1/")
            #expect(bond.output.contains("  /v3/qos/1/\n"), "\(bond.output)")
            #expect(!bond.output.contains("https://ba."))
            let all = await browse.run("bonds", "/v3/spaces/?page_size=2", "-o", "json", "--all")
            #expect(all.code == .fine && all.rows.count > 2, "\(all.complaint)")
        }
    }

    @Test("a filter, an order and columns work on the server's own fields")
    func filter() async throws {
        try await withBrowse { browse in
            let all = await browse.run("bonds", "/v3/spaces/", "-o", "json", "--sort", "-id").rows
            let ids = all.compactMap { $0["id"] as? Int }
            #expect(ids.count > 2 && ids == ids.sorted(by: >))
            let one = await browse.run("bonds", "/v3/spaces/", "-o", "json", "--filter", "id=1")
            #expect(one.rows.count == 1, "\(one.text)")
            let wrong = await browse.run("bonds", "/v3/spaces/", "--filter", "nmae:x")
            #expect(wrong.code == .usage && wrong.output.isEmpty, "\(wrong.text)")
        }
    }

    @Test("the first page alone is read and says so; --all reads every page")
    func pages() async throws {
        try await withBrowse { browse in
            let first = await browse.run("bonds", "/v3/spaces/?page_size=2", "-o", "json")
            #expect(first.code == .fine && first.rows.count == 2)
            #expect(
                first.complaint.contains("only 2 of ") && first.complaint.contains("--all reads the rest"))
            let all = await browse.run("bonds", "/v3/spaces/?page_size=2", "-o", "json", "--all")
            let whole = await browse.run("bonds", "/v3/spaces/", "-o", "json")
            #expect(all.code == .fine && all.complaint.isEmpty, "\(all.complaint)")
            #expect(all.rows.count == whole.rows.count && all.rows.count > 2)
            let filtered = await browse.run("bonds", "/v3/spaces/?page_size=2", "--filter", "name:nothing")
            #expect(filtered.complaint.contains("the filter saw no others"))
        }
    }

    @Test("a list of which only a part came is printed and ends with 2")
    func partial() async throws {
        try await withBrowse { browse in
            let spot = try BrowseSpot.find("/v3/spaces/", among: browse.line.network.connections)
            let answer = await BrowseReader(spot: spot, patience: Patience(total: nil)).read(all: true)
            var browsed = try answer.get()
            browsed.completeness = .partial("only 2 of 9 rows came: the server is in trouble")
            var output: [UInt8] = []
            var complaint = ""
            let printing = BrowsePrinting(
                wish: BrowsePrinting.Wish(output: .json), network: browse.line.network,
                write: { output += $0 }, complain: { complaint += $0 })
            let code = try printing.print(.success(browsed), of: spot)
            #expect(code == .backendFailed && output.first == UInt8(ascii: "["))
            #expect(complaint == "bonds: incomplete: only 2 of 9 rows came: the server is in trouble")
        }
    }

    @Test("a server that fails ends with 2 and prints nothing")
    func failing() async throws {
        try await withBrowse { browse in
            browse.bonds.setFaults([try Fault(parsing: "status=502@/api/v3/spaces/")])
            let ending = await browse.run("bonds", "/v3/spaces/")
            #expect(ending.code == .backendFailed && ending.output.isEmpty, "\(ending.text)")
        }
    }

    @Test("what is asked by POST gets its question from what stands behind the ?")
    func askedByPost() async throws {
        try await withBrowse { browse in
            _ = await browse.run("access", "/v2/rubik/verify/?street=High+Street")
            let asked = browse.access.arrivals().filter { $0.path == "/api/v2/rubik/verify/" }
            #expect(asked.map(\.method) == ["POST"])
            #expect(asked.first?.text.contains("\"street\":\"High") == true)
            #expect(asked.first?.target == "/api/v2/rubik/verify/")
        }
    }

    @Test("what acts by GET is never asked, and says so")
    func actsByGet() async throws {
        try await withBrowse { browse in
            let rows = await browse.run("access", "/v2/isp/cpes/", "-o", "json", "--limit", "1").rows
            let path = try #require(rows.first?["path"] as? String)
            let before = browse.access.arrivals().count
            for words in [["-o", "raw"], ["--curl"]] {
                let ending = await browse.run("access", path + "reboot/", words[0], words.last ?? "")
                #expect(ending.code != .fine, "\(ending.text)")
            }
            _ = await browse.run("access", path + "reboot/")
            #expect(!browse.access.arrivals().dropFirst(before).contains { $0.path.hasSuffix("/reboot/") })
        }
    }

    @Test("get has the paths too, under their own name and as browse")
    func catalogue() async throws {
        try await withBrowse { browse in
            for word in ["paths", "browse", "collection"] {
                let harvest = await FetchedRows.gather(word, from: browse.line.network, timeout: 60)
                #expect(harvest.failures.isEmpty && harvest.tables.count == 2, "\(word)")
                let paths = harvest.tables.flatMap(\.refs).map(\.id)
                #expect(paths.contains("/v3/bonds/{bond}/legs/") && paths.contains("/v2/isp/cpes/"))
            }
        }
    }

    // MARK: Raw and files

    @Test("raw has status, header and body; curl has no secret and asks nothing")
    func raw() async throws {
        try await withBrowse { browse in
            let raw = await browse.run("bonds", "/v3/spaces/1/", "-o", "raw")
            #expect(raw.code == .fine)
            #expect(raw.output.hasPrefix("GET \(browse.bonds.url ?? "")/api/v3/spaces/1/\nstatus 200\n"))
            #expect(raw.output.contains("  \"id\": 1,"), "\(raw.output)")
            let missing = await browse.run("bonds", "/v3/spaces/999999/", "-o", "raw")
            #expect(missing.code == .backendFailed && missing.output.contains("status 404"))
            let before = browse.bonds.arrivals().count
            let curl = await browse.run("bonds", "/v3/spaces/1/", "--curl")
            #expect(curl.output.hasPrefix("curl -sS ") && curl.output.contains("$CREDENTIALS"))
            #expect(browse.bonds.arrivals().count == before)
        }
    }

    @Test("a file is saved for its owner alone, and never over one that is there")
    func file() async throws {
        try await withBrowse { browse in
            let place = browse.line.directory.path + "/backup.zip"
            let path = "/v3/system/status/backups/latest-backup/"
            let saved = await browse.run("bonds", path, "--save", place)
            #expect(
                saved.code == .fine && saved.output.contains("saved \(place): ")
                    && saved.output.contains("application/zip"),
                "\(saved.text)")
            let bytes = try Data(contentsOf: URL(filePath: place))
            #expect(bytes.count > 22 && bytes.prefix(2) == Data("PK".utf8))
            let rights = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            let again = await browse.run("bonds", path, "--save", place)
            #expect(again.code == .usage && again.complaint.contains("is not overwritten"), "\(again.text)")
            #expect(try Data(contentsOf: URL(filePath: place)) == bytes)
            // In a directory it has the server's own name.
            let named = await browse.run("bonds", path, "--save", browse.line.directory.path, "-o", "json")
            #expect(named.output.contains("\"bytes\":\(bytes.count)"), "\(named.text)")
            let list = await browse.run("bonds", "/v3/spaces/", "--save", place + "2")
            #expect(list.code == .usage && list.complaint.contains("no file"))
        }
    }

    // MARK: Secrets

    @Test(
        "no way of printing shows a secret",
        arguments: [[], ["-o", "json"], ["-o", "csv"], ["-o", "raw"], ["-o", "ndjson"]])
    func secrets(options: [String]) async throws {
        try await withBrowse { browse in
            let lists = [
                ("bonds", "/v3/mobileproviderprofiles/"),
                ("bonds", "/v3/system/mobilebroadbandproviderapns/"),
                ("bonds", "/v3/bonders/"), ("access", "/v2/isp/cpes/"), ("access", "/v2/isp/potses/"),
            ]
            for (backend, list) in lists {
                let rows = await browse.run(backend, list, "-o", "json", "--limit", "1").rows
                let item = rows.first?["path"] as? String
                for path in [list, item].compactMap({ $0 })
                where !path.contains("#") || options != ["-o", "raw"] {
                    let ending =
                        options.isEmpty
                        ? await browse.run(backend, path)
                        : await browse.run(backend, path, options[0], options[1])
                    #expect(ending.code == .fine, "\(path): \(ending.complaint)")
                    for secret in ["s3cret", "apn-1", "ssh-"] {
                        #expect(!ending.text.contains(secret), "\(path) shows \(secret)")
                    }
                }
            }
            #expect(!browse.line.log.all.contains { $0.contains("s3cret") })
        }
    }

    // MARK: Words of the command line

    @Test(
        "what does not go together is refused in words, before anything is asked",
        arguments: [
            (["bonds", "/v3/spaces/", "--limit", "0"], "--limit takes"),
            (["bonds", "/v3/spaces/", "--yes"], "are for changes"),
            (["bonds", "/v3/spaces/1/", "--delete", "--set", "name=x"], "--delete takes no fields"),
            (["bonds", "/v3/spaces/1/", "--delete", "--run"], "give one"),
            (["bonds", "/v3/spaces/1/", "--data", "{}", "--set", "a=b"], "--data is the whole body"),
            (["bonds", "/v3/spaces/", "-o", "raw", "--all"], "-o raw"),
            (["bonds", "/v3/spaces/1/", "--delete", "-o", "csv"], "-o table or json"),
            (["/v3/spaces/", "/v3/bonds/"], "one backend and one path"),
        ])
    func usage(words: [String], complaint: String) {
        #expect {
            try Nocturne.parseAsRoot(["browse"] + words)
        } throws: { error in
            Nocturne.message(for: error).contains(complaint)
        }
    }

    @Test("the shell is offered backends and paths, as far as they are known without the server")
    func completion() {
        let demo = ["nocturne", "browse", "--demo"]
        let backends = BrowseCompletion.candidates(demo + [""], 3, "")
        #expect(backends == ["core", "edge", "access", "bonds"])
        let paths = BrowseCompletion.candidates(demo + ["bonds", "/v3/sp"], 4, "/v3/sp")
        #expect(paths == ["/v3/spaces/"])
        let below = BrowseCompletion.candidates(demo + ["bonds", "/v3/bonds/7/l"], 4, "/v3/bonds/7/l")
        #expect(below == ["/v3/bonds/7/legs/"])
        #expect(!BrowseCompletion.candidates(demo + ["bonds", ""], 4, "").contains { $0.contains("{") })
    }
}
