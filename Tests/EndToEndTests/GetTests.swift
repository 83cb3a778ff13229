import Foundation
import Testing

extension EndToEnd {
    @Suite("Without a screen")
    struct GetTests {
        /// What PRODUCT.md, section 12, promises of every row, and of each kind.
        private static let promised: [String: [String]] = [
            "devices": ["status", "location", "last_polled"],
            "ports": ["device", "admin", "oper", "in_bps", "out_bps", "speed_bps", "errors_per_s"],
            "alerts": ["severity", "state", "device", "rule", "since", "note"],
        ]

        @Test(
            "get prints an array of flat objects with everything that is promised",
            arguments: promised.keys.sorted())
        func json(resource: String) async throws {
            let run = try await Scratch().nocturne(
                "get", resource, "--demo", "--scale", resource == "ports" ? "100" : "600", "-o", "json")
            #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
            let rows = try #require(run.rows)
            #expect(rows.count > 2)
            for key in ["backend", "kind", "id", "name", "fetched_at"] + (Self.promised[resource] ?? []) {
                #expect(rows.allSatisfy { $0[key] != nil }, "\(key) is missing")
            }
            #expect(rows.allSatisfy { $0.values.allSatisfy { !($0 is [Any]) && !($0 is [String: Any]) } })
            let backends = Set(rows.compactMap { $0["backend"] as? String })
            #expect(backends == ["core", "edge", "access", "bonds"])
        }

        @Test("get knows the groups of devices, filters by them and prints them")
        func groups() async throws {
            let run = try await Scratch().nocturne(
                "get", "devices", "--demo", "--scale", "600", "--filter", "groups:core", "--columns",
                "name,groups",
                "-o", "json")
            let rows = try #require(run.rows, "\(run.error)")
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { ($0["groups"] as? String)?.contains("Core routers") == true })
        }

        @Test("a libcurl that can't be loaded ends with 1 and words, and is not needed for anything else")
        func withoutCurl() async throws {
            let scratch = try Scratch()
            try scratch.write("no library", to: "broken/libcurl.so.4")
            let broken = "LD_LIBRARY_PATH=\(scratch.path)/broken"
            let get = try await scratch.shell("\(broken) \(Scratch.program) get alerts --demo --scale 120")
            #expect(get.status == 1 && get.output.isEmpty)
            #expect(get.error.contains("libcurl can't be loaded"), "\(get.error)")
            let keys = try await scratch.shell("\(broken) \(Scratch.program) keys default")
            #expect(keys.status == 0 && keys.error.isEmpty, "\(keys.error)")
        }

        @Test("get filters and sorts by the same words as the dashboard")
        func filter() async throws {
            let run = try await Scratch().nocturne(
                "get", "ports", "--demo", "--scale", "120", "--backend", "core", "--filter", "oper:up @core",
                "--sort", "-in_bps", "--columns", "device,oper,in_bps", "-o", "json")
            let rows = try #require(run.rows, "\(run.error)")
            #expect(!rows.isEmpty && rows.allSatisfy { $0["oper"] as? String == "up" })
            let rates = rows.compactMap { $0["in_bps"] as? Int }
            #expect(rates == rates.sorted(by: >))
        }

        @Test(
            "what is asked wrongly ends with 1, nothing on standard output, and words",
            arguments: [
                ["get", "unicorns", "--demo", "--scale", "120"], ["get", "alerts", "--demo", "-o", "toml"],
                ["get", "alerts", "--demo", "--scale", "120", "--filter", "age>x"],
                ["get", "alerts", "--demo", "--scale", "120", "--sort", "colour"],
                ["get", "alerts", "--demo", "--scale", "120", "--columns", "colour"],
                ["get", "alerts", "--demo", "--backend", "nobody"], ["--no-such-option"], ["get"],
                ["get", "alerts", "--demo", "--scale", "120", "--filter", "sevv=critical"],
                ["get", "devices", "--demo", "--scale", "120", "--filter", "sev=critical"],
                ["get", "devices", "--demo", "--scale", "120", "--filter", "vendor:cisco"],
                ["watch", "alerts", "--demo", "--scale", "120", "--filter", "stat=open"],
                ["gt", "alerts"], ["show"], ["show", "device"],
                ["show", "unicorn/7", "--demo", "--scale", "120"],
                ["get", "addresses", "--demo", "--scale", "120"],
                ["simulate", "--fault", "gremlins"], ["--config", "/nowhere/config.toml"],
                ["--experimental-dump-help"], ["get", "--experimental-dump-help"],
            ])
        func usage(arguments: [String]) async throws {
            let run = try await Scratch().run([Scratch.program] + arguments)
            #expect(run.status == 1)
            #expect(run.output.isEmpty)
            #expect(run.error.hasPrefix("nocturne: "))
        }

        @Test("a reader that leaves early ends it quietly")
        func pipe() async throws {
            let run = try await Scratch().shell(
                "\(Scratch.program) get ports --demo --backend core -o json | head -1")
            #expect(run.output == "[\n" && run.error.isEmpty, "\(run.error)")
        }

        @Test("the version is told")
        func version() async throws {
            let run = try await Scratch().nocturne("--version")
            #expect(run.status == 0 && run.output.hasPrefix("nocturne "))
        }
    }
}
