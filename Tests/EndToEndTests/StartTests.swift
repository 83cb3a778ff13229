import Foundation
import Testing

extension EndToEnd {
    @Suite("The first minute")
    struct StartTests {
        @Test("init writes a file for its owner alone, from options, and never over another")
        func fromOptions() async throws {
            let scratch = try Scratch()
            let words = [
                Scratch.program, "init", "--name", "core", "--kind", "librenms", "--url",
                "https://nms.example.net", "--secret-env", "NMS_TOKEN",
            ]
            let run = try await scratch.run(words)
            #expect(run.status == 0, "\(run.error)")
            let file = "\(scratch.path)/config/nocturne/config.toml"
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let text = scratch.text(of: "config/nocturne/config.toml")
            #expect(text.contains("token = { env = \"NMS_TOKEN\" }") && text.contains("\n#theme = "))
            let second = try await scratch.run(words)
            #expect(second.status == 1 && second.error.contains("exists and is not changed"))
            #expect(scratch.text(of: "config/nocturne/config.toml") == text)
        }

        @Test(
            "init that lacks something or is given nonsense writes nothing and exits 1",
            arguments: [
                ["--kind", "librenms"], ["--kind", "gopher", "--url", "https://a.example"],
                ["--kind", "librenms", "--url", "https://u:p@a.example", "--name", "a", "--secret-env", "T"],
                [
                    "--kind", "librenms", "--url", "https://a.example", "--name", "two words", "--secret-env",
                    "T",
                ],
                [
                    "--kind", "librenms", "--url", "https://a.example", "--name", "a", "--secret-env", "T",
                    "--mode", "careful",
                ],
            ])
        func incomplete(options: [String]) async throws {
            let scratch = try Scratch()
            let run = try await scratch.run([Scratch.program, "init"] + options)
            #expect(run.status == 1 && run.error.hasPrefix("nocturne: "))
            #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/config/nocturne/config.toml"))
        }

        @Test("without a configuration and without a terminal it says what to do and exits 1")
        func nothing() async throws {
            let run = try await Scratch().nocturne()
            #expect(run.status == 1)
            #expect(run.error.contains("nocturne init") && run.error.contains("nocturne --demo"))
        }

        @Test("without a configuration the screen offers the demonstration, and quits as it was")
        func welcome() async throws {
            try await withScreen { screen in
                let modes = try await screen.modes()
                try await screen.start("")
                await screen.until(shows: "Nothing is configured yet")
                try await screen.resize(to: 60, 12)
                try await screen.press("q")
                #expect(try await screen.expectSane(modes) == "0")
                try await screen.resize(to: 120, 30)
                try await screen.start("")
                await screen.until(shows: "d   try it")
                try await screen.press("d")
                await screen.until(shows: "0 overview")
                try await screen.press("Q")
                await screen.until(shows: "ready>")
            }
        }

        @Test("the screen's questions lead to a configuration")
        func questions() async throws {
            try await withScreen { screen in
                try await screen.start("")
                await screen.until(shows: "i   set it up")
                try await screen.press("i")
                await screen.until(shows: "Kind (")
                try await screen.enter("gopher")
                await screen.until(shows: "unknown kind \"gopher\"")
                try await screen.enter("librenms")
                await screen.until(shows: "Address")
                try await screen.enter("http://127.0.0.1:1")
                await screen.until(shows: "Name")
                try await screen.press("Enter")
                await screen.until(shows: "Where is the token")
                try await screen.enter("command echo t")
                // Nothing listens there: what was entered is kept all the same.
                await screen.until(shows: "Enter it again?")
                try await screen.enter("no")
                await screen.until(shows: "nother server")
                try await screen.press("Enter")
                await screen.until(shows: "0 overview")
                let text = screen.scratch.text(of: "config/nocturne/config.toml")
                #expect(text.contains("name = \"core\"") && text.contains("[\"echo\", \"t\"]"))
                try await screen.press("Q")
            }
        }

        @Test("check tells what is wrong with file, line and column, and probes what is right")
        func check() async throws {
            let scratch = try Scratch()
            let file = try scratch.write(
                """
                [[backend]]
                name = "gone"
                kind = "librenms"
                url = "http://127.0.0.1:1"
                token = "hush-hush"
                moed = "read-only"
                """, to: "config/nocturne/config.toml")
            let run = try await scratch.nocturne("check")
            #expect(run.status == 2, "\(run.error)")
            #expect(run.error.contains("\(file):6:1: warning") && run.error.contains("did you mean \"mode\""))
            #expect(run.output.contains("FAILED   connection"))
            #expect(!(run.output + run.error).contains("hush"))
            let demo = try await scratch.nocturne("check", "--demo", "-o", "json")
            #expect(demo.status == 0, "\(demo.error)")
            let report = try #require(
                try JSONSerialization.jsonObject(with: Data(demo.output.utf8)) as? [String: Any])
            let backends = try #require(report["backends"] as? [[String: Any]])
            #expect(backends.count >= 2 && backends.allSatisfy { $0["failed"] as? Bool == false })
            let subjects = (backends[0]["findings"] as? [[String: Any]])?.compactMap {
                $0["subject"] as? String
            }
            for subject in ["connection", "login", "server", "latency", "clock", "rights", "commands"] {
                #expect(subjects?.contains(subject) == true, "\(subject)")
            }
            try scratch.write("[[backend]\n", to: "broken.toml")
            let broken = try await scratch.nocturne("check", "--config", "\(scratch.path)/broken.toml")
            #expect(broken.status == 1 && broken.error.contains("broken.toml:1:"), "\(broken.error)")
        }

        @Test("themes and keys are listed and printed as files")
        func looks() async throws {
            let scratch = try Scratch()
            try scratch.write("[table]\nunmute = [\"F8\"]\n", to: "config/nocturne/keymaps/default.toml")
            let themes = try await scratch.nocturne("themes")
            #expect(themes.output.split(separator: "\n").prefix(2) == ["midnight", "daylight"])
            #expect(
                try await scratch.nocturne("themes", "daylight").output.contains(
                    "\"severity.critical\" = { fg"))
            #expect(try await scratch.nocturne("themes", "--preview").output.contains("severity.critical"))
            let keys = try await scratch.nocturne("keys", "default")
            #expect(keys.status == 0 && keys.output.contains("unmute = [\"F8\"]"), "\(keys.error)")
            #expect(try await scratch.nocturne("keys").output.contains("/keymaps/default.toml"))
            #expect(try await scratch.nocturne("keys", "default", "--words").output.contains("F8"))
            #expect(try await scratch.nocturne("themes", "plaid").status == 1)
        }
    }
}
