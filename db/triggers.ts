/**
 * The triggers that keep the audit append-only and a published protocol unchanged, as SQLite must hold them.
 * Compared with the database each time it is opened. The BEFORE INSERT trigger refuses an entry that would replace
 * another (REPLACE deletes without firing delete triggers where `recursive_triggers` is off, as in other clients)
 * and one that does not continue its chain.
 */
export const TRIGGERS: Readonly<Record<string, string>> = {
  audit_entries_no_update: `CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END`,
  audit_entries_no_delete: `CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries cannot be deleted'); END`,
  audit_entries_append_only: `CREATE TRIGGER audit_entries_append_only BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
  OR NEW.seq <> 1 + coalesce((SELECT max(seq) FROM audit_entries WHERE chain = NEW.chain), 0)
BEGIN SELECT RAISE(ABORT, 'audit entries can only be appended'); END`,
  protocol_versions_immutable: `CREATE TRIGGER protocol_versions_immutable BEFORE UPDATE ON protocol_versions
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be changed'); END`,
  protocol_versions_no_delete: `CREATE TRIGGER protocol_versions_no_delete BEFORE DELETE ON protocol_versions
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be deleted'); END`,
  protocol_versions_append_only: `CREATE TRIGGER protocol_versions_append_only BEFORE INSERT ON protocol_versions
WHEN EXISTS (SELECT 1 FROM protocol_versions WHERE id = NEW.id
  OR (study_id = NEW.study_id AND (number = NEW.number OR position = NEW.position)))
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be replaced'); END`,
}
