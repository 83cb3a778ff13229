import Foundation
import Testing

extension EndToEnd {
    @Suite("With a configuration and servers of its own")
    struct ConfigurationTests {
        /// Runs a story with `nocturne simulate` in a terminal, and the configuration that it prints.
        private func withServers(_ story: (Screen, Servers) async throws -> Void) async throws {
            try await withScreen { screen in
                let scratch = screen.scratch
                try await screen.enter(
                    "\(Scratch.program) simulate --scale 300 >printed & echo $! >simulator")
                await screen.until("the servers run") { _ in
                    scratch.text(of: "printed").components(separatedBy: "[[backend]]").count == 5
                }
                let urls = scratch.text(of: "printed").matches(of: /url = "([^"]+)"/).map { String($0.1) }
                try #require(urls.count == 4)
                let result: Result<Void, any Error>
                do {
                    result = .success(
                        try await story(
                            screen, Servers(urls: urls, printed: scratch.text(of: "printed"))))
                } catch { result = .failure(error) }
                if let simulator = Int32(scratch.text(of: "simulator").filter(\.isNumber)) {
                    kill(simulator, SIGTERM)
                }
                try result.get()
            }
        }

        private struct Servers {
            let urls: [String]
            let printed: String

            func configuration(_ token: String) -> String {
                """
                [[backend]]
                name = "core"
                kind = "librenms"
                url = "\(urls[0])"
                token = \(token)
                """
            }
        }

        @Test("what simulate prints is a configuration that works")
        func printed() async throws {
            try await withServers { screen, servers in
                try screen.scratch.write(servers.printed, to: "config/nocturne/config.toml")
                let run = try await screen.scratch.nocturne("get", "devices", "-o", "json")
                #expect(run.status == 0, "\(run.error)")
                #expect(
                    Set((run.rows ?? []).compactMap { $0["backend"] as? String })
                        == ["core", "edge", "access", "bonds"])
            }
        }

        @Test("a token comes from the environment, a file or a command")
        func tokens() async throws {
            try await withServers { screen, servers in
                let scratch = screen.scratch
                try scratch.write("demo-core-admin\n", to: "token")
                let sources = [
                    "{ env = \"NMS_TOKEN\" }", "{ file = \"\(scratch.path)/token\" }",
                    "{ command = [\"cat\", \"\(scratch.path)/token\"] }",
                ]
                for source in sources {
                    let file = try scratch.write(
                        servers.configuration(source), to: "own.toml", permissions: 0o644)
                    let run = try await scratch.nocturne(
                        "get", "devices", "--config", file, "-o", "json",
                        adding: ["NMS_TOKEN": "demo-core-admin"])
                    #expect(run.status == 0 && run.rows?.isEmpty == false, "\(source): \(run.error)")
                }
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o644], ofItemAtPath: "\(scratch.path)/token")
                let file = try scratch.write(servers.configuration(sources[1]), to: "own.toml")
                let run = try await scratch.nocturne("get", "devices", "--config", file)
                #expect(run.status == 2)
                #expect(run.error.contains("chmod 600 ") && !run.error.contains("demo-core-admin"))
            }
        }

        @Test("a configuration with secrets that others can read is refused with the fix")
        func exposed() async throws {
            let scratch = try Scratch()
            let file = try scratch.write(
                """
                [[backend]]
                name = "core"
                kind = "librenms"
                url = "http://127.0.0.1:1"
                token = "hush-hush"
                """, to: "config/nocturne/config.toml", permissions: 0o644)
            let run = try await scratch.nocturne("get", "devices")
            #expect(run.status == 1)
            #expect(run.error.contains("chmod 600 \(file)"))
            #expect(!run.error.contains("hush"))
        }

        @Test("one backend that fails leaves the others: they are printed, and the status is 2")
        func oneFails() async throws {
            try await withServers { screen, servers in
                let configuration =
                    servers.configuration("\"demo-core-admin\"") + """


                        [[backend]]
                        name = "gone"
                        kind = "librenms"
                        url = "http://127.0.0.1:1"
                        token = "x"
                        """
                let file = try screen.scratch.write(configuration, to: "own.toml")
                let run = try await screen.scratch.nocturne("get", "devices", "--config", file, "-o", "json")
                #expect(run.status == 2)
                #expect(run.error.contains("gone: no connection to 127.0.0.1"))
                #expect(run.rows?.isEmpty == false)
                #expect(run.rows?.allSatisfy { $0["backend"] as? String == "core" } == true)
            }
        }

        @Test("what is acknowledged on the screen is printed by audit, without secrets")
        func audit() async throws {
            try await withServers { screen, servers in
                let scratch = screen.scratch
                let before = try await scratch.nocturne("audit")
                #expect(
                    before.status == 0 && before.output.isEmpty
                        && before.error.contains("no commands recorded"))
                try scratch.write(servers.printed, to: "config/nocturne/config.toml")
                try await screen.start("--log lines")
                await screen.until(shows: "0 overview")
                try await screen.press("3")
                await screen.until("there is an alert to take") { $0.contains("! open") }
                try await screen.type("/state:open @core")
                try await screen.press("Enter")
                await screen.until("core alone is left") {
                    $0.contains("state:open @core") && !$0.contains(" access  ") && $0.contains("! open")
                }
                // What has just come under the cursor is not acted on: the key is pressed until it is.
                for _ in 0..<40 where !(await screen.text()).contains("Note:") {
                    try await screen.press("a")
                }
                await screen.until(shows: "Note:")
                try await screen.type("on my way")
                try await screen.press("Enter")
                await screen.until("it is recorded") { _ in
                    scratch.text(of: "state/nocturne/audit.jsonl").contains("\"verified\"")
                }
                try await screen.press("Q")
                await screen.until(shows: "ready>")
                let run = try await scratch.nocturne("audit")
                #expect(run.status == 0)
                for words in [
                    "acknowledge on core", "verified", "PUT \(servers.urls[0])/api/v0/alerts/", "on my way",
                ] {
                    #expect(run.output.contains(words), "\(run.output)")
                }
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(scratch.path)/state/nocturne/audit.jsonl")
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                let texts = [
                    run.output, scratch.text(of: "lines"), scratch.text(of: "state/nocturne/audit.jsonl"),
                ]
                #expect(texts.allSatisfy { !$0.isEmpty && !$0.contains("demo-core-admin") })
            }
        }
    }
}
