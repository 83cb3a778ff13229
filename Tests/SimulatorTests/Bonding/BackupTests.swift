import Foundation
import Simulator
import Testing

@Suite("files and settings of a bonding server") struct BackupTests {
    @Test("the latest backup is an archive with a file in it, of the size that the list gives")
    func backup() async throws {
        try await withBonds { client in
            let listed = try #require(try await client.get("system/status/backups/").list.first)
            let answer = try await client.get("system/status/backups/latest-backup/")
            #expect(answer.type == "application/zip")
            #expect(answer.body.count == listed["size"] as? Int)
            #expect(answer.body.count > 10_000)
            let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            // The end says where the directory begins, and the directory where the file does.
            let bytes = [UInt8](answer.body)
            func number(_ offset: Int, _ count: Int) -> Int {
                bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
            }
            let end = bytes.count - 22
            #expect(number(end, 4) == 0x0605_4b50)
            let directory = number(end + 16, 4)
            #expect(number(directory, 4) == 0x0201_4b50)
            #expect(directory + number(end + 12, 4) == end)
            let local = number(directory + 42, 4)
            #expect(number(local, 4) == 0x0403_4b50)
            let name = number(local + 26, 2)
            #expect(number(local + 22, 4) == directory - local - 30 - name)
            #expect(String(decoding: bytes[local + 30..<local + 30 + name], as: UTF8.self) == "bonding.sql")
        }
    }

    @Test("OPTIONS describes the settings, and says what is not clear by its name")
    func settings() async throws {
        try await withBonds { client in
            let fields = try #require(
                (try await client.send("OPTIONS", "settings/").json["actions"] as? [String: Any])?["PUT"]
                    as? [String: Any])
            #expect((fields["backup_retention_days"] as? [String: Any])?["type"] as? String == "integer")
            let bond = try #require(
                (try await client.send("OPTIONS", "bonds/").json["actions"] as? [String: Any])?["POST"]
                    as? [String: Any])
            #expect((bond["qos_profile"] as? [String: Any])?["help_text"] is String)
        }
    }
}
