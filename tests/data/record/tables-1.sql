CREATE TABLE pes_home (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  version bigint NOT NULL,
  moved_to text,
  id_j bigint NOT NULL,
  sha256 text NOT NULL,
  ends bigint NOT NULL
) WITH (fillfactor = 10);
CREATE TABLE pes_journal (
  id_j bigint PRIMARY KEY,
  ends bigint NOT NULL UNIQUE,
  line text NOT NULL
);
CREATE TABLE pes_stamp (
  id_j bigint PRIMARY KEY,
  line text NOT NULL
);
CREATE TABLE pes_content (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY
);
CREATE TABLE pes_content_part (
  content bigint REFERENCES pes_content ON DELETE CASCADE,
  rank bigint,
  bytes bytea NOT NULL,
  PRIMARY KEY (content, rank)
);
CREATE TABLE pes_dossier (
  id_d text COLLATE "C" PRIMARY KEY,
  id_e text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  titre text COLLATE "C" NOT NULL,
  date bigint NOT NULL,
  creation bigint NOT NULL,
  dte_str text COLLATE "C" NOT NULL,
  cod_bud text COLLATE "C" NOT NULL,
  pes_etat_ack text COLLATE "C" NOT NULL,
  next_try bigint,
  is_lock bigint NOT NULL,
  document json NOT NULL
);
CREATE INDEX pes_dossier_by_date ON pes_dossier (date DESC, id_d);
CREATE INDEX pes_dossier_by_entity ON pes_dossier (id_e, date DESC, id_d);
CREATE INDEX pes_dossier_by_job ON pes_dossier (is_lock, next_try, id_d)
  WHERE next_try IS NOT NULL;
CREATE TABLE pes_file (
  id_d text COLLATE "C",
  path text COLLATE "C",
  content bigint NOT NULL UNIQUE REFERENCES pes_content ON DELETE CASCADE,
  PRIMARY KEY (id_d, path)
);
CREATE UNLOGGED TABLE pes_holder (
  id_d text COLLATE "C" PRIMARY KEY,
  pid bigint NOT NULL,
  host text NOT NULL,
  command text NOT NULL,
  since bigint NOT NULL,
  journal_position bigint NOT NULL
);
CREATE TABLE pes_name (
  cod_col text COLLATE "C",
  nom_fic text COLLATE "C",
  id_d text COLLATE "C" NOT NULL,
  PRIMARY KEY (cod_col, nom_fic)
);
CREATE TABLE pes_retour (
  id text COLLATE "C" PRIMARY KEY,
  record json NOT NULL,
  content bigint NOT NULL UNIQUE REFERENCES pes_content
);

INSERT INTO pes_home (version, moved_to, id_j, sha256, ends) VALUES
  (1, NULL, 6, '46000d3ec4112933bc772c33c7730d518c4a445889a94a5f924cb7e1142ee208', 3128);
INSERT INTO pes_journal VALUES (1, 618, '{"schema":"pes.event/1","id_j":1,"type":1,"date":"2022-03-02T14:48:08Z","id_e":"12","id_u":"4","utilisateur":"adminMegalis","id_d":"O5uC72H","document_type":"pes-avec-signature","titre":"TEST-PES-0322","action":"creation","message":"Création du document","reason":null,"attempt":null,"change":{"row":"creation","data":{"envoi_sae":"1","objet":"TEST-PES-0322"},"files":{"fichier_pes":{"name":"PESALR1-é.xml","path":"fichier_pes-231cfc7dcd7fd784.xml","size":6,"sha256":"231cfc7dcd7fd7847be12eaf3cda1efb5c007f4f8d130c03993eb13928419721"}}},"previous":"0000000000000000000000000000000000000000000000000000000000000000"}');
INSERT INTO pes_journal VALUES (2, 1027, '{"schema":"pes.event/1","id_j":2,"type":7,"date":"2022-03-02T14:50:00Z","id_e":"12","id_u":"5","utilisateur":"Une Lectrice","id_d":"O5uC72H","document_type":"pes-avec-signature","titre":"TEST-PES-0322","action":"Consulté","message":"Une Lectrice a consulté le document PESALR1-é.xml","reason":null,"attempt":null,"change":null,"previous":"28d3e9ec8985afbcbc3710b71d9eb9e229b9e6dfe9cbcddd50fd815a3ec90691"}');
INSERT INTO pes_journal VALUES (3, 1656, '{"schema":"pes.event/1","id_j":3,"type":1,"date":"2022-03-02T15:03:03Z","id_e":"12","id_u":"0","utilisateur":"Action automatique","id_d":"O5uC72H","document_type":"pes-avec-signature","titre":"TEST-PES-0322","action":"pre-send-tdt","message":"Préparation de l''envoi au TdT","reason":null,"attempt":null,"change":{"row":"pre-send-tdt","data":{"id_pj":null},"job":{"etat_cible":"send-tdt","id_u":"0","utilisateur":"Action automatique","nb_try":0,"first_try":null,"last_try":null,"next_try":"2022-03-02T15:03:03Z","last_message":null,"is_lock":false}},"previous":"c3dd1eb99f2cf5b83871c719e0128052e404f0821eefb8719d2135ae6c1e9083"}');
INSERT INTO pes_journal VALUES (4, 2322, '{"schema":"pes.event/1","id_j":4,"type":1,"date":"2022-03-02T15:03:04Z","id_e":"12","id_u":"0","utilisateur":"Action automatique","id_d":"O5uC72H","document_type":"pes-avec-signature","titre":"TEST-PES-0322","action":"send-tdt","message":"Envoi au TdT","reason":null,"attempt":"O5uC72H-1","change":{"attempt":{"id":"O5uC72H-1","kind":"tdt-import","started":"2022-03-02T15:03:04Z","sha256":"231cfc7dcd7fd7847be12eaf3cda1efb5c007f4f8d130c03993eb13928419721","sha1":"eaf29c788f4e56f9989f1b5ab80881599933e4a2","nom_fic":"PESALR1-é.xml","cod_col":"123","transfert_id":null,"unknown":false}},"previous":"f72278668d4f5c0dc93bd638e4bf63ffc3c82c5a8d8a5f4b282be9ed1887e6c9"}');
INSERT INTO pes_journal VALUES (5, 2781, '{"schema":"pes.event/1","id_j":5,"type":9,"date":"2022-03-02T15:08:04Z","id_e":"12","id_u":"0","utilisateur":"Action automatique","id_d":"O5uC72H","document_type":"pes-avec-signature","titre":"TEST-PES-0322","action":"send-tdt","message":"le TdT ne répond pas","reason":"service.unreachable","attempt":"O5uC72H-1","change":{"files":{"pes_acquit":null},"job":null,"attempt":null},"previous":"48d1e1d0f9cd6fe5a70565066785b009ba4608d66a9e693d490e1c516143144a"}');
INSERT INTO pes_journal VALUES (6, 3128, '{"schema":"pes.event/1","id_j":6,"type":13,"date":"2022-03-03T08:00:00Z","id_e":"0","id_u":"0","utilisateur":"Action automatique","id_d":null,"document_type":null,"titre":null,"action":"Vérifié","message":"Journal vérifié","reason":null,"attempt":null,"change":{},"previous":"52f5db9eda38a7ac32c22723dba6176e04a252b6e0baf008348f6708e3faeff5"}');
INSERT INTO pes_dossier VALUES ('O5uC72H', '12', 'pes-avec-signature', 'pre-send-tdt', 'TEST-PES-0322', 1646233383, 1646232488, '', '', '', 1646233444, 0,
'{
  "schema": "pes.dossier/1",
  "id_d": "O5uC72H",
  "id_e": "12",
  "type": "pes-avec-signature",
  "creation": "2022-03-02T14:48:08Z",
  "modification": "2022-03-02T15:03:04Z",
  "data": {
    "envoi_sae": "1",
    "objet": "TEST-PES-0322",
    "pes_tedetis_transaction_id": "4321"
  },
  "files": {
    "fichier_pes": {
      "name": "PESALR1-é.xml",
      "path": "fichier_pes-231cfc7dcd7fd784.xml",
      "size": 6,
      "sha256": "231cfc7dcd7fd7847be12eaf3cda1efb5c007f4f8d130c03993eb13928419721"
    }
  },
  "etats": [
    {
      "action": "creation",
      "date": "2022-03-02T14:48:08Z",
      "id_u": "4",
      "utilisateur": "adminMegalis",
      "id_j": 1
    },
    {
      "action": "pre-send-tdt",
      "date": "2022-03-02T15:03:03Z",
      "id_u": "0",
      "utilisateur": "Action automatique",
      "id_j": 3
    }
  ],
  "lecteurs": [
    "7"
  ],
  "job": {
    "etat_cible": "send-tdt",
    "id_u": "0",
    "utilisateur": "Action automatique",
    "nb_try": 1,
    "first_try": "2022-03-02T15:03:04Z",
    "last_try": "2022-03-02T15:03:04Z",
    "next_try": "2022-03-02T15:04:04Z",
    "last_message": "attente",
    "is_lock": false
  },
  "attempt": {
    "id": "O5uC72H-1",
    "kind": "tdt-import",
    "started": "2022-03-02T15:03:04Z",
    "sha256": "231cfc7dcd7fd7847be12eaf3cda1efb5c007f4f8d130c03993eb13928419721",
    "sha1": "eaf29c788f4e56f9989f1b5ab80881599933e4a2",
    "nom_fic": "PESALR1-é.xml",
    "cod_col": "123",
    "transfert_id": null,
    "unknown": false
  },
  "id_j": 4,
  "id_j_sha256": "48d1e1d0f9cd6fe5a70565066785b009ba4608d66a9e693d490e1c516143144a"
}');
