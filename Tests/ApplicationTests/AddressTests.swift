import Canvas
import Dashboard
import Domain
import Foundation
import HTTP
import Testing

@testable import Runtime

@Suite("Web addresses, from the key to the browser")
struct AddressTests {
    /// A program that writes down how it was started.
    private func recorder(_ directory: TemporaryDirectory, ending: Int = 0) throws -> [String] {
        let path = "\(directory.path)/browser"
        let script = """
            #!/bin/sh
            { printf '%s\\n' "$@"; echo "home=$HOME"; echo "in=$(cat)"; ps -o sid= -p $$; } > "$0.new"
            mv "$0.new" "$0.out"
            exit \(ending)
            """
        try script.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return [path, "--new tab"]
    }

    @Test("o copies the address and starts the browser with it, without a shell, our secrets or our terminal")
    func open() async throws {
        let directory = try TemporaryDirectory()
        let browser = try recorder(directory)
        try await withApplication(browser: browser) { app, _ in
            await app.waitUntilIdle()
            app.press("1")
            await app.waitUntilIdle()
            app.press("o")
            await app.waitUntilIdle()
            let entity = try #require(app.state.pane.cursor)
            app.expect(shows: "/device/device=\(entity.id)/")
            let record = directory.text(of: "browser.out").split(
                separator: "\n", omittingEmptySubsequences: false)
            try #require(record.count >= 5)
            #expect(record[0] == "--new tab")
            #expect(record[1].hasSuffix("/device/device=\(entity.id)/") && record[1].hasPrefix("http://"))
            #expect(record[2] == "home=" && record[3] == "in=")
            #expect(record[4].trimmingCharacters(in: .whitespaces) != "\(getsid(0))")
        }
    }

    @Test("a browser that fails is told")
    func failing() async throws {
        let directory = try TemporaryDirectory()
        let browser = try recorder(directory, ending: 3)
        try await withApplication(browser: browser) { app, _ in
            await app.waitUntilIdle()
            app.press("1")
            await app.waitUntilIdle()
            app.press("o")
            await app.until("the failure is told") {
                $0.state.message?.words.contains("ended with 3") == true
            }
        }
    }

    @Test("only addresses of the configured server are used, and only those of the web")
    func own() {
        let origin = Origin(scheme: "https", host: "nms.example.net", port: 443)
        #expect(EffectRunner.isOwn("https://nms.example.net/device/device=7/", origin))
        for address in [
            "https://evil.example/", "http://nms.example.net/", "https://nms.example.net:8443/",
            "https://nms.example.net@evil.example/", "javascript:alert(1)", "file:///etc/passwd",
            "https://nms.example.net.evil.example/", "https://nms.example.net/\u{1B}]0;x", "--version", "",
            "https://nms.example.net\\@evil.example/",
        ] {
            #expect(!EffectRunner.isOwn(address, origin), "\(address)")
        }
    }

    @Test("a program reads what it is given, sees what is added, and is ended with all it started")
    func program() async throws {
        let directory = try TemporaryDirectory()
        let out = "\(directory.path)/out"
        var program = Program(
            arguments: ["/bin/sh", "-c", "cat > \"$NOCTURNE_OUT\"; echo \"$PATH\" >> \"$NOCTURNE_OUT\""],
            withheld: [], variables: ["NOCTURNE_OUT=\(out)", "PATH=/usr/bin:/bin"])
        program.input = Array("{\"a\": 1}\n".utf8)
        #expect(await program.run(limit: 60) == .ended(0))
        #expect(directory.text(of: "out") == "{\"a\": 1}\n/usr/bin:/bin\n")
        let missing = Program(arguments: ["/nonexistent/x"], withheld: [])
        guard case .failed(let words) = await missing.run(limit: 60) else {
            Issue.record("it was started")
            return
        }
        #expect(words.contains("/nonexistent/x can't be started"))
        let endless = Program(arguments: ["/bin/sh", "-c", "sleep 1000 & sleep 1000"], withheld: [])
        guard case .running(let process) = await endless.run(limit: 0.05) else {
            Issue.record("it ended")
            return
        }
        await Program.end(process)
        #expect(kill(process, 0) == -1)
    }
}
