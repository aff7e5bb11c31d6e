SET tcp_keepalives_idle = '30s'; SET tcp_keepalives_interval = '10s'; SET tcp_keepalives_count = 3;
SET client_connection_check_interval = '2s'
